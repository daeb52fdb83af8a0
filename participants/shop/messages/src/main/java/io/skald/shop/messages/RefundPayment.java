package io.skald.shop.messages;

import io.skald.saga.message.Command;
import java.util.Objects;

/** Give back a payment that is known. */
public record RefundPayment(String orderId, String paymentId) implements Command<PaymentRefunded> {

  public RefundPayment {
    Objects.requireNonNull(orderId, "orderId");
    Objects.requireNonNull(paymentId, "paymentId");
  }
}
