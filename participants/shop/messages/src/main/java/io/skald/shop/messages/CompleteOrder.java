package io.skald.shop.messages;

import io.skald.saga.message.Command;
import java.util.Objects;

/** Close the books on an order that is on its way. */
public record CompleteOrder(String orderId, String trackingId) implements Command<OrderCompleted> {

  public CompleteOrder {
    Objects.requireNonNull(orderId, "orderId");
    Objects.requireNonNull(trackingId, "trackingId");
  }
}
