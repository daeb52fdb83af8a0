package io.skald.benchmark.engine;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;

/**
 * Starts a saga of three steps.
 *
 * @param failing the steps whose first attempt fails, by name; none when nothing is said
 */
record OrderCreated(
    String orderId,
    String userId,
    List<OrderItem> items,
    BigDecimal totalAmount,
    String country,
    List<String> failing) {

  OrderCreated {
    Objects.requireNonNull(orderId, "orderId");
    Objects.requireNonNull(userId, "userId");
    items = List.copyOf(items);
    Objects.requireNonNull(totalAmount, "totalAmount");
    Objects.requireNonNull(country, "country");
    failing = List.copyOf(Objects.requireNonNullElse(failing, List.of()));
  }

  boolean fails(String step) {
    return failing.contains(step);
  }
}
