package io.skald.benchmark.engine;

import io.skald.saga.message.Command;
import java.util.List;

/**
 * Set an order's items aside.
 *
 * @param failsFirst whether the first attempt is to fail as something that passes
 */
record ReserveInventory(String orderId, List<OrderItem> items, boolean failsFirst)
    implements Command<InventoryReserved> {}
