package io.skald.shop.payment;

import io.skald.participant.BusinessRefusal;
import io.skald.participant.CommandContext;
import io.skald.participant.ParticipantService;
import io.skald.shop.messages.PaymentProcessed;
import io.skald.shop.messages.PaymentRefunded;
import io.skald.shop.messages.PaymentVoided;
import io.skald.shop.messages.ProcessPayment;
import io.skald.shop.messages.RefundPayment;
import io.skald.shop.messages.Shop;
import io.skald.shop.messages.VoidPayment;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.sql.SQLException;

/** Takes money and gives it back. That each happens once is the SDK's care. */
@Singleton
final class PaymentParticipant {

  private final Ledger ledger;

  PaymentParticipant(Ledger ledger) {
    this.ledger = ledger;
  }

  @Produces
  @Singleton
  ParticipantService service() {
    return ParticipantService.named(Shop.PAYMENT.name())
        .action(ProcessPayment.class, this::process)
        .compensation(RefundPayment.class, this::refund)
        .compensation(VoidPayment.class, this::annul)
        .build();
  }

  private PaymentProcessed process(ProcessPayment command, CommandContext context)
      throws SQLException {
    String paymentId = "PAY-" + context.sagaId();
    if (!ledger.pay(paymentId, command.orderId(), command.userId(), command.amount())) {
      throw ledger.hasAccount(command.userId())
          ? new BusinessRefusal(
              "INSUFFICIENT_FUNDS",
              "The balance of " + command.userId() + " is below " + command.amount())
          : new BusinessRefusal("UNKNOWN_USER", "There is no account of " + command.userId());
    }
    return new PaymentProcessed(command.orderId(), paymentId, command.userId(), command.amount());
  }

  private PaymentRefunded refund(RefundPayment command, CommandContext context)
      throws SQLException {
    PaymentProcessed paid = payBack(context);
    return new PaymentRefunded(paid.orderId(), paid.paymentId(), paid.userId(), paid.amount());
  }

  private PaymentVoided annul(VoidPayment command, CommandContext context) throws SQLException {
    payBack(context);
    return new PaymentVoided(command.orderId());
  }

  /** Gives back what was taken, as our own record has it, and not what the command says of it. */
  private PaymentProcessed payBack(CommandContext context) throws SQLException {
    PaymentProcessed paid = context.actionReply(PaymentProcessed.class).orElseThrow();
    ledger.payBack(paid.paymentId(), paid.orderId(), paid.userId(), paid.amount());
    return paid;
  }
}
