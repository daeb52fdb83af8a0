package io.skald.saga;

import io.skald.saga.message.Command;
import io.skald.saga.message.Participant;
import io.skald.saga.message.Topic;
import java.time.Duration;

/** The order saga of the javadoc, for the tests of the language; public for compiled stories. */
public final class Orders {

  public static final Topic ORDER_EVENTS = Topic.of("order-events");
  public static final Participant PAYMENT = Participant.named("payment");
  public static final Participant INVENTORY = Participant.named("inventory");
  public static final Participant SHIPPING = Participant.named("shipping");
  public static final Participant NOTIFICATION = Participant.named("notification");

  private Orders() {}

  public record Order(String id, String note) {

    public static Order from(OrderCreated event) {
      return new Order(event.orderId(), "");
    }

    public Order paid(PaymentProcessed paid) {
      return new Order(id, note + "paid " + paid.paymentId() + ";");
    }

    public Order reserved(InventoryReserved reserved) {
      return new Order(id, note + "reserved " + reserved.reservationId() + ";");
    }
  }

  public record OrderCreated(String orderId) {}

  public record ProcessPayment(String orderId) implements Command<PaymentProcessed> {}

  public record PaymentProcessed(String paymentId) {}

  public record RefundPayment(String paymentId) implements Command<PaymentRefunded> {}

  public record VoidPayment(String orderId) implements Command<PaymentRefunded> {}

  public record PaymentRefunded() {}

  public record ReserveInventory(String orderId) implements Command<InventoryReserved> {}

  public record InventoryReserved(String reservationId) {}

  public record ReleaseInventory(String orderId) implements Command<InventoryReleased> {}

  public record InventoryReleased() {}

  public record ScheduleShipping(String orderId) implements Command<ShippingScheduled> {}

  public record ShippingScheduled(String trackingId) {}

  public record Notify(String orderId) implements Command<Notified> {}

  public record Notified() {}

  static Saga.Started<Order> head() {
    return Saga.define("order", 1, Order.class).startedByApi();
  }

  static Saga.OwesCompensation<Order, PaymentProcessed> payment(Saga.BeforePivot<Order> story) {
    return payment(story, "payment");
  }

  static Saga.OwesCompensation<Order, PaymentProcessed> payment(
      Saga.BeforePivot<Order> story, String name) {
    return story.step(name, PAYMENT, ProcessPayment.class, o -> new ProcessPayment(o.id()));
  }

  static Saga.BeforePivot<Order> refunded(Saga.OwesCompensation<Order, PaymentProcessed> step) {
    return step.compensate(
        RefundPayment.class,
        (o, paid) -> new RefundPayment(paid.paymentId()),
        VoidPayment.class,
        o -> new VoidPayment(o.id()));
  }

  static Saga.Forward<Order, ShippingScheduled> shipping(Saga.BeforePivot<Order> story) {
    return story.pivot(
        "shipping", SHIPPING, ScheduleShipping.class, o -> new ScheduleShipping(o.id()));
  }

  static Saga.Forward<Order, Notified> notification(Saga.AfterPivot<Order> story) {
    return story.then("notify", NOTIFICATION, Notify.class, o -> new Notify(o.id()));
  }

  /** All that the language has, once. */
  static SagaDefinition<Order> whole() {
    return Saga.define("order", 3, Order.class)
        .startedBy(ORDER_EVENTS, OrderCreated.class, OrderCreated::orderId, Order::from)
        .deadline(Duration.ofDays(3))
        .step("payment", PAYMENT, ProcessPayment.class, o -> new ProcessPayment(o.id()))
        .timeout(Duration.ofSeconds(20))
        .retry(Retry.exponential(Duration.ofMillis(200)).stopOn("say \"no\"\n", "LIMIT"))
        .compensationRetry(Retry.fixed(Duration.ofMinutes(1)).within(Duration.ofHours(2)))
        .onReply(Order::paid)
        .compensate(
            RefundPayment.class,
            (o, paid) -> new RefundPayment(paid.paymentId()),
            VoidPayment.class,
            o -> new VoidPayment(o.id()))
        .step("inventory", INVENTORY, ReserveInventory.class, o -> new ReserveInventory(o.id()))
        .onReply(Order::reserved)
        .compensate(ReleaseInventory.class, o -> new ReleaseInventory(o.id()))
        .step("greeting", NOTIFICATION, Notify.class, o -> new Notify(o.id()))
        .nothingToCompensate()
        .pivot("shipping", SHIPPING, ScheduleShipping.class, o -> new ScheduleShipping(o.id()))
        .then("notify", NOTIFICATION, Notify.class, o -> new Notify(o.id()))
        .retry(Retry.exponential(Duration.ofSeconds(1)).unlimited())
        .build();
  }
}
