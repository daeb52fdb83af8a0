package io.skald.benchmark.engine;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a saga of the benchmark carries along: a small order, and what each reply adds to it.
 *
 * @param failing the steps whose first attempt fails, by name; none when nothing is said
 * @param paymentId known once it is paid
 * @param reservationId known once its items are set aside
 * @param trackingId known once a carrier has it
 */
record Order(
    String orderId,
    String userId,
    List<OrderItem> items,
    BigDecimal totalAmount,
    String country,
    List<String> failing,
    @Nullable String paymentId,
    @Nullable String reservationId,
    @Nullable String trackingId) {

  Order {
    Objects.requireNonNull(orderId, "orderId");
    Objects.requireNonNull(userId, "userId");
    items = List.copyOf(items);
    Objects.requireNonNull(totalAmount, "totalAmount");
    Objects.requireNonNull(country, "country");
    failing = List.copyOf(Objects.requireNonNullElse(failing, List.of()));
  }

  static Order from(OrderCreated event) {
    return new Order(
        event.orderId(),
        event.userId(),
        event.items(),
        event.totalAmount(),
        event.country(),
        event.failing(),
        null,
        null,
        null);
  }

  static Order from(WideOrderCreated event) {
    return new Order(
        event.orderId(),
        event.userId(),
        event.items(),
        event.totalAmount(),
        event.country(),
        event.failing(),
        null,
        null,
        null);
  }

  ProcessPayment payment(String step) {
    return new ProcessPayment(orderId, userId, totalAmount, failing.contains(step));
  }

  ReserveInventory reservation(String step) {
    return new ReserveInventory(orderId, items, failing.contains(step));
  }

  ScheduleShipping shipping(String step) {
    return new ScheduleShipping(orderId, country, failing.contains(step));
  }

  Order paid(PaymentProcessed reply) {
    return new Order(
        orderId,
        userId,
        items,
        totalAmount,
        country,
        failing,
        reply.paymentId(),
        reservationId,
        trackingId);
  }

  Order reserved(InventoryReserved reply) {
    return new Order(
        orderId,
        userId,
        items,
        totalAmount,
        country,
        failing,
        paymentId,
        reply.reservationId(),
        trackingId);
  }

  Order scheduled(ShippingScheduled reply) {
    return new Order(
        orderId,
        userId,
        items,
        totalAmount,
        country,
        failing,
        paymentId,
        reservationId,
        reply.trackingId());
  }
}
