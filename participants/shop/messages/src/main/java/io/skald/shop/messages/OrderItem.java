package io.skald.shop.messages;

import java.util.Objects;

/**
 * So many of one product.
 *
 * @param quantity from 1 to {@link #MAX_QUANTITY}
 */
public record OrderItem(String productId, int quantity) {

  public static final int MAX_QUANTITY = 1_000_000;

  public OrderItem {
    Objects.requireNonNull(productId, "productId");
    if (quantity < 1 || quantity > MAX_QUANTITY) {
      throw new IllegalArgumentException(
          "Expected a quantity from 1 to " + MAX_QUANTITY + ", but found " + quantity);
    }
  }
}
