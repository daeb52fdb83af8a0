package io.skald.shop.orchestrator;

import io.skald.shop.messages.Amounts;
import io.skald.shop.messages.InventoryReserved;
import io.skald.shop.messages.OrderCreated;
import io.skald.shop.messages.OrderItem;
import io.skald.shop.messages.PaymentProcessed;
import io.skald.shop.messages.ShippingScheduled;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the order saga carries along. Also the body of a start by API, so it takes nothing that a
 * participant could not work with.
 *
 * @param country where to ship; {@value #DEFAULT_COUNTRY} when nothing is said
 * @param paymentId known once it is paid
 * @param reservationId known once its items are set aside
 * @param trackingId known once a carrier has it
 */
public record Order(
    String orderId,
    String userId,
    List<OrderItem> items,
    BigDecimal totalAmount,
    String country,
    @Nullable String paymentId,
    @Nullable String reservationId,
    @Nullable String trackingId) {

  static final String DEFAULT_COUNTRY = "DE";

  public Order {
    orderId = present(orderId, "orderId");
    userId = present(userId, "userId");
    items = List.copyOf(Objects.requireNonNull(items, "items"));
    if (items.isEmpty()) {
      throw new IllegalArgumentException("Expected an order to have items, but it has none");
    }
    totalAmount = Amounts.checked(Objects.requireNonNull(totalAmount, "totalAmount"));
    country = Objects.requireNonNullElse(country, DEFAULT_COUNTRY);
  }

  static Order from(OrderCreated event) {
    return new Order(
        event.orderId(),
        event.userId(),
        event.items(),
        event.totalAmount(),
        event.country(),
        null,
        null,
        null);
  }

  Order paid(PaymentProcessed reply) {
    return new Order(
        orderId, userId, items, totalAmount, country, reply.paymentId(), reservationId, trackingId);
  }

  Order reserved(InventoryReserved reply) {
    return new Order(
        orderId, userId, items, totalAmount, country, paymentId, reply.reservationId(), trackingId);
  }

  Order scheduled(ShippingScheduled reply) {
    return new Order(
        orderId, userId, items, totalAmount, country, paymentId, reservationId, reply.trackingId());
  }

  private static String present(String value, String name) {
    if (Objects.requireNonNull(value, name).isBlank()) {
      throw new IllegalArgumentException("Expected an order's " + name + ", but found blank text");
    }
    return value;
  }
}
