package io.skald.benchmark.engine;

/** The items are set aside. */
record InventoryReserved(String reservationId) {}
