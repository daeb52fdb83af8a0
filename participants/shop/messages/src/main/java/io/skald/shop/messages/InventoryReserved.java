package io.skald.shop.messages;

import java.util.List;

/** The items are set aside. */
public record InventoryReserved(String orderId, String reservationId, List<OrderItem> items) {

  public InventoryReserved {
    items = List.copyOf(items);
  }
}
