package io.skald.benchmark.engine;

/** So many of one product. */
record OrderItem(String productId, int quantity) {}
