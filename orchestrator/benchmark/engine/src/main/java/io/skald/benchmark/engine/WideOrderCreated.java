package io.skald.benchmark.engine;

import java.math.BigDecimal;
import java.util.List;

/** Starts a saga of many steps; otherwise as {@link OrderCreated}. */
record WideOrderCreated(
    String orderId,
    String userId,
    List<OrderItem> items,
    BigDecimal totalAmount,
    String country,
    List<String> failing) {

  OrderCreated order() {
    return new OrderCreated(orderId, userId, items, totalAmount, country, failing);
  }
}
