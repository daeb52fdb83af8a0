package io.skald.shop.messages;

import io.skald.saga.message.Command;
import java.util.List;
import java.util.Objects;

/** Set aside all items of an order, or none. */
public record ReserveInventory(String orderId, List<OrderItem> items)
    implements Command<InventoryReserved> {

  public ReserveInventory {
    Objects.requireNonNull(orderId, "orderId");
    items = List.copyOf(items);
  }
}
