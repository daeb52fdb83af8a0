package io.skald.benchmark.engine;

import io.skald.saga.message.Command;
import java.math.BigDecimal;

/**
 * Take the price of an order.
 *
 * @param failsFirst whether the first attempt is to fail as something that passes
 */
record ProcessPayment(String orderId, String userId, BigDecimal amount, boolean failsFirst)
    implements Command<PaymentProcessed> {}
