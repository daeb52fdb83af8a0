package io.skald.shop.messages;

import io.skald.saga.message.Command;
import java.util.Objects;

/** Give back whatever was paid for an order; nobody knows whether anything was. */
public record VoidPayment(String orderId) implements Command<PaymentVoided> {

  public VoidPayment {
    Objects.requireNonNull(orderId, "orderId");
  }
}
