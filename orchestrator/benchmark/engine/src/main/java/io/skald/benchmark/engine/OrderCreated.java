package io.skald.benchmark.engine;

import java.math.BigDecimal;
import java.util.List;

/**
 * Starts a saga of three steps.
 *
 * @param failing the steps whose first attempt fails, by name
 */
record OrderCreated(
    String orderId,
    String userId,
    List<OrderItem> items,
    BigDecimal totalAmount,
    String country,
    List<String> failing) {}
