package io.skald.benchmark.engine;

/** The customer has paid. */
record PaymentProcessed(String paymentId) {}
