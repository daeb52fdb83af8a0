package io.skald.benchmark.engine;

import io.skald.saga.message.Command;

/** Put an order's items back, if they were set aside. */
record ReleaseInventory(String orderId) implements Command<InventoryReleased> {}
