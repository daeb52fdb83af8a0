package io.skald.testkit;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import io.skald.saga.Retry;
import io.skald.saga.Saga;
import io.skald.saga.SagaDefinition;
import io.skald.saga.message.Command;
import io.skald.saga.message.Participant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** A small order saga with a compensation to plant bugs in. */
public final class Shop {

  private static final Participant PAYMENT = Participant.named("payment");
  private static final Participant INVENTORY = Participant.named("inventory");
  private static final Participant SHIPPING = Participant.named("shipping");
  private static final Participant MAIL = Participant.named("mail");

  private Shop() {}

  public record Order(
      String id, int total, Optional<String> payment, Optional<String> reservation) {

    public static Order placed() {
      return new Order("O-1", 99, Optional.empty(), Optional.empty());
    }

    Order paid(PaymentProcessed reply) {
      return new Order(id, total, Optional.of(reply.paymentId()), reservation);
    }

    Order reserved(InventoryReserved reply) {
      return new Order(id, total, payment, Optional.of(reply.reservationId()));
    }
  }

  public record ProcessPayment(String orderId, int amount) implements Command<PaymentProcessed> {}

  public record PaymentProcessed(String paymentId, String orderId) {}

  public record RefundPayment(String paymentId) implements Command<PaymentUndone> {

    public RefundPayment {
      Objects.requireNonNull(paymentId, "paymentId");
    }
  }

  public record VoidPayment(String orderId) implements Command<PaymentUndone> {}

  public record PaymentUndone() {}

  public record ReserveInventory(String orderId) implements Command<InventoryReserved> {}

  public record InventoryReserved(String reservationId) {}

  public record ReleaseInventory(String orderId) implements Command<InventoryReleased> {}

  public record InventoryReleased() {}

  public record ScheduleShipping(String orderId) implements Command<ShippingScheduled> {}

  public record ShippingScheduled(String tracking) {}

  public record SendMail(String orderId) implements Command<MailSent> {}

  public record MailSent() {}

  /** How the payment is undone; without a word, as it should be. */
  public record Refunds(
      BiFunction<Order, PaymentProcessed, RefundPayment> afterSuccess,
      Function<Order, VoidPayment> whenUnknown) {

    public static Refunds sane() {
      return new Refunds(
          (order, paid) -> new RefundPayment(paid.paymentId()),
          order -> new VoidPayment(order.id()));
    }

    public Refunds afterSuccess(BiFunction<Order, PaymentProcessed, RefundPayment> planted) {
      return new Refunds(planted, whenUnknown);
    }

    public Refunds whenUnknown(Function<Order, VoidPayment> planted) {
      return new Refunds(afterSuccess, planted);
    }
  }

  public static SagaDefinition<Order> sane() {
    return with(Refunds.sane());
  }

  public static SagaDefinition<Order> with(Refunds refunds) {
    return toShipping(refunds, Retry.exponential(ofMillis(200)).maxAttempts(3)).build();
  }

  /** After the pivot comes a mail, which is tried without end. */
  public static SagaDefinition<Order> withMail() {
    return toShipping(Refunds.sane(), Retry.exponential(ofMillis(200)).within(ofHours(24)))
        .then("mail", MAIL, SendMail.class, o -> new SendMail(o.id()))
        .retry(Retry.exponential(ofMillis(200)).unlimited())
        .build();
  }

  /** One step, which nothing follows that could refuse. */
  public static SagaDefinition<Order> onlyPayment() {
    return Saga.define("order", 1, Order.class)
        .startedByApi()
        .step("payment", PAYMENT, ProcessPayment.class, o -> new ProcessPayment(o.id(), o.total()))
        .compensate(VoidPayment.class, o -> new VoidPayment(o.id()))
        .build();
  }

  @SuppressWarnings("NullAway") // what a careless function gives
  static VoidPayment nothing(Order order) {
    return null;
  }

  @SuppressWarnings("NullAway") // what a careless participant gives
  static String noText() {
    return null;
  }

  private static Saga.Forward<Order, ShippingScheduled> toShipping(Refunds refunds, Retry retry) {
    return Saga.define("order", 1, Order.class)
        .startedByApi()
        .step("payment", PAYMENT, ProcessPayment.class, o -> new ProcessPayment(o.id(), o.total()))
        .timeout(ofSeconds(30))
        .retry(retry)
        .onReply(Order::paid)
        .compensate(
            RefundPayment.class, refunds.afterSuccess(), VoidPayment.class, refunds.whenUnknown())
        .step("inventory", INVENTORY, ReserveInventory.class, o -> new ReserveInventory(o.id()))
        .retry(retry)
        .onReply(Order::reserved)
        .compensate(ReleaseInventory.class, o -> new ReleaseInventory(o.id()))
        .pivot("shipping", SHIPPING, ScheduleShipping.class, o -> new ScheduleShipping(o.id()))
        .retry(retry);
  }
}
