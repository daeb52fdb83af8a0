package io.skald.benchmark.engine;

import io.skald.saga.message.Command;
import java.math.BigDecimal;

/** Give the price back, if it was taken. */
record RefundPayment(String orderId, BigDecimal amount) implements Command<PaymentRefunded> {}
