package io.skald.benchmark.engine;

/** The customer has the money back. */
record PaymentRefunded(String refundId) {}
