package io.skald.participant;

import io.skald.saga.message.Command;
import io.skald.saga.message.Message;
import java.math.BigDecimal;

/** Commands and events of the tests' participants. */
final class TestMessages {

  private TestMessages() {}

  /** Takes money; what it does beyond that is said by {@code behaviour}. */
  record ProcessPayment(String orderId, BigDecimal amount, String behaviour)
      implements Command<PaymentProcessed> {}

  record PaymentProcessed(String paymentId, BigDecimal amount) {}

  record RefundPayment(String orderId) implements Command<PaymentRefunded> {}

  record PaymentRefunded(String orderId, String paymentId, BigDecimal amount) {}

  @Message(name = "ProcessPayment", version = 2)
  record ProcessPaymentInCurrency(String orderId, BigDecimal amount, String currency)
      implements Command<PaymentProcessed> {}
}
