package io.skald.benchmark.engine;

/** A carrier has the order. */
record ShippingScheduled(String trackingId) {}
