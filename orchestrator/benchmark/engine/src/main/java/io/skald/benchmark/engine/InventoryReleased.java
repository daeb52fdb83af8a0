package io.skald.benchmark.engine;

/** The items can be sold again. */
record InventoryReleased(String releaseId) {}
