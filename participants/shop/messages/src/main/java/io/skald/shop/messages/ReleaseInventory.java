package io.skald.shop.messages;

import io.skald.saga.message.Command;
import java.util.Objects;

/** Put back what is set aside for an order. */
public record ReleaseInventory(String orderId) implements Command<InventoryReleased> {

  public ReleaseInventory {
    Objects.requireNonNull(orderId, "orderId");
  }
}
