package io.skald.shop.messages;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;

/** A customer has ordered; starts the order saga. */
public record OrderCreated(
    String orderId, String userId, List<OrderItem> items, BigDecimal totalAmount, String country) {

  public OrderCreated {
    Objects.requireNonNull(orderId, "orderId");
    Objects.requireNonNull(userId, "userId");
    items = List.copyOf(items);
    totalAmount = Amounts.checked(totalAmount);
    Objects.requireNonNull(country, "country");
  }
}
