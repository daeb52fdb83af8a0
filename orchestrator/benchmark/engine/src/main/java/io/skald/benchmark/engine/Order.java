package io.skald.benchmark.engine;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a saga of the benchmark carries along: a small order, and what each reply adds to it.
 *
 * @param paymentId known once it is paid
 * @param reservationId known once its items are set aside
 * @param trackingId known once a carrier has it
 */
record Order(
    OrderCreated placed,
    @Nullable String paymentId,
    @Nullable String reservationId,
    @Nullable String trackingId) {

  Order {
    Objects.requireNonNull(placed, "placed");
  }

  static Order from(OrderCreated event) {
    return new Order(event, null, null, null);
  }

  static Order from(WideOrderCreated event) {
    return from(event.order());
  }

  ProcessPayment payment(String step) {
    return new ProcessPayment(
        placed.orderId(), placed.userId(), placed.totalAmount(), placed.fails(step));
  }

  RefundPayment refund() {
    return new RefundPayment(placed.orderId(), placed.totalAmount());
  }

  ReserveInventory reservation(String step) {
    return new ReserveInventory(placed.orderId(), placed.items(), placed.fails(step));
  }

  ReleaseInventory release() {
    return new ReleaseInventory(placed.orderId());
  }

  ScheduleShipping shipping(String step) {
    return new ScheduleShipping(placed.orderId(), placed.country(), placed.fails(step));
  }

  Order paid(PaymentProcessed reply) {
    return new Order(placed, reply.paymentId(), reservationId, trackingId);
  }

  Order reserved(InventoryReserved reply) {
    return new Order(placed, paymentId, reply.reservationId(), trackingId);
  }

  Order scheduled(ShippingScheduled reply) {
    return new Order(placed, paymentId, reservationId, reply.trackingId());
  }
}
