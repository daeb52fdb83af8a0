package io.skald.testkit;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.skald.machine.CompensationCause;
import io.skald.machine.IgnoreReason;
import io.skald.machine.ParkReason;
import io.skald.machine.SagaStatus;
import io.skald.saga.Retry;
import io.skald.saga.Saga;
import io.skald.saga.SagaDefinition;
import io.skald.saga.message.Command;
import io.skald.saga.message.Participant;
import java.math.BigDecimal;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A small order saga, tested as a user of the kit would test it. */
class OrderSagaTest {

  private static final Participant PAYMENT = Participant.named("payment");
  private static final Participant INVENTORY = Participant.named("inventory");
  private static final Participant SHIPPING = Participant.named("shipping");
  private static final BigDecimal TOTAL = new BigDecimal("99.90");

  record Order(String id, BigDecimal total, Optional<String> payment, Optional<String> tracking) {

    Order paid(PaymentProcessed reply) {
      return new Order(id, total, Optional.of(reply.paymentId()), tracking);
    }

    Order shipped(ShippingScheduled reply) {
      return new Order(id, total, payment, Optional.of(reply.tracking()));
    }
  }

  record ProcessPayment(String orderId, BigDecimal amount) implements Command<PaymentProcessed> {}

  record PaymentProcessed(String paymentId) {}

  record RefundPayment(String paymentId) implements Command<PaymentUndone> {}

  record VoidPayment(String orderId) implements Command<PaymentUndone> {}

  record PaymentUndone() {}

  record ReserveInventory(String orderId) implements Command<InventoryReserved> {}

  record InventoryReserved() {}

  record ReleaseInventory(String orderId) implements Command<InventoryReleased> {}

  record InventoryReleased() {}

  record ScheduleShipping(String orderId) implements Command<ShippingScheduled> {}

  record ShippingScheduled(String tracking) {}

  private static SagaDefinition<Order> order() {
    Retry fast = Retry.exponential(ofMillis(200)).maxAttempts(3);
    return Saga.define("order", 1, Order.class)
        .startedByApi()
        .deadline(ofMinutes(2))
        .step("payment", PAYMENT, ProcessPayment.class, o -> new ProcessPayment(o.id(), o.total()))
        .timeout(ofSeconds(30))
        .retry(fast)
        .compensationRetry(fast)
        .onReply(Order::paid)
        .compensate(
            RefundPayment.class,
            (o, paid) -> new RefundPayment(paid.paymentId()),
            VoidPayment.class,
            o -> new VoidPayment(o.id()))
        .step("inventory", INVENTORY, ReserveInventory.class, o -> new ReserveInventory(o.id()))
        .retry(fast)
        .compensate(ReleaseInventory.class, o -> new ReleaseInventory(o.id()))
        .pivot("shipping", SHIPPING, ScheduleShipping.class, o -> new ScheduleShipping(o.id()))
        .retry(fast)
        .onReply(Order::shipped)
        .build();
  }

  private static Order placed() {
    return new Order("O-1", TOTAL, Optional.empty(), Optional.empty());
  }

  private SagaTest<Order> saga = SagaTest.of(order());

  @BeforeEach
  void start() {
    saga = SagaTest.of(order()).start(placed());
  }

  @Test
  void shouldComplete_whenAllSucceeds() {
    saga.expectCommand("payment", new ProcessPayment("O-1", TOTAL))
        .succeed("payment", new PaymentProcessed("P-1"))
        .expectCommand("inventory", new ReserveInventory("O-1"))
        .succeed("inventory", new InventoryReserved())
        .expectCommand("shipping", new ScheduleShipping("O-1"))
        .succeed("shipping", new ShippingScheduled("T-1"))
        .expectStatus(SagaStatus.COMPLETED)
        .expectSteps("payment", "inventory", "shipping")
        .expectCompensations()
        .expectData(new Order("O-1", TOTAL, Optional.of("P-1"), Optional.of("T-1")));
  }

  @Test
  void shouldReleaseThenRefund_whenShippingRefuses() {
    saga.succeed("payment", new PaymentProcessed("P-1"))
        .succeed("inventory", new InventoryReserved())
        .refuse("shipping", "NOT_THERE")
        .expectCause(CompensationCause.STEP_REJECTED)
        .expectCommand("inventory", new ReleaseInventory("O-1"))
        .compensated("inventory")
        .expectCommand("payment", new RefundPayment("P-1"))
        .compensated("payment")
        .expectStatus(SagaStatus.COMPENSATED)
        .expectCompensations("inventory", "payment");
  }

  @Test
  void shouldTryAgainLaterAndLater_whenPaymentFails() {
    saga.fail("payment", "BUSY")
        .advance(ofMillis(199))
        .expectAttempt("payment", 1)
        .advance(ofMillis(1))
        .expectAttempt("payment", 2)
        .fail("payment", "BUSY")
        .advance(ofMillis(400))
        .expectAttempt("payment", 3)
        .succeed("payment", new PaymentProcessed("P-1"))
        .expectStatus(SagaStatus.RUNNING);
  }

  @Test
  void shouldVoidThePayment_whenNoAnswerEverComes() {
    saga.staySilentForGood("payment")
        .expectCause(CompensationCause.STEP_GIVEN_UP)
        .expectCommand("payment", new VoidPayment("O-1"))
        .succeed("payment", new PaymentProcessed("P-late"))
        .expectIgnored(IgnoreReason.TURNED_BACK)
        .compensated("payment")
        .expectStatus(SagaStatus.COMPENSATED);
  }

  @Test
  void shouldTakeTheAnswer_whenItComesAfterTheTimeout() {
    saga.staySilent("payment")
        .succeed("payment", new PaymentProcessed("P-1"))
        .expectCommand("inventory", new ReserveInventory("O-1"));
  }

  @Test
  void shouldChangeNothing_whenReplyOrStartIsRepeated() {
    saga.succeed("payment", new PaymentProcessed("P-1"))
        .repeatReply()
        .expectIgnored(IgnoreReason.ALREADY_SETTLED)
        .start(placed())
        .expectIgnored(IgnoreReason.REPEATED_START)
        .expectSteps("payment", "inventory");
  }

  @Test
  void shouldCountTheFirstAnswerOnly_whenItComesAfterTheNextAttempt() {
    saga.staySilent("payment")
        .wake()
        .expectAttempt("payment", 2)
        .succeedLate("payment", new PaymentProcessed("P-1"))
        .succeed("payment", new PaymentProcessed("P-2"))
        .expectIgnored(IgnoreReason.ALREADY_SETTLED)
        .expectCommand("inventory", new ReserveInventory("O-1"))
        .cancel("changed her mind")
        .compensated("inventory")
        .expectCommand(
            "payment",
            RefundPayment.class,
            refund -> assertThat(refund.paymentId()).isEqualTo("P-1"));
  }

  @Test
  void shouldPassOverAFailureAndTakeARefusal_whenTheFirstAttemptsAnswerIsLate() {
    saga.staySilent("payment")
        .wake()
        .failLate("payment", "BUSY")
        .expectIgnored(IgnoreReason.STALE_ATTEMPT)
        .refuseLate("payment", "POOR")
        .expectCompensations()
        .expectStatus(SagaStatus.COMPENSATED);
  }

  @Test
  void shouldChangeNothing_whenAnEarlierStepsReplyIsRepeated() {
    saga.succeed("payment", new PaymentProcessed("P-1"))
        .succeed("inventory", new InventoryReserved())
        .repeatReply("payment")
        .expectIgnored(IgnoreReason.ALREADY_SETTLED)
        .expectSteps("payment", "inventory", "shipping");
  }

  @Test
  void shouldUndoAll_whenTheDeadlinePasses() {
    saga.advance(ofSeconds(80))
        .succeed("payment", new PaymentProcessed("P-1"))
        .advance(ofSeconds(40))
        .expectCause(CompensationCause.DEADLINE_PASSED)
        .compensated("inventory")
        .compensated("payment")
        .expectStatus(SagaStatus.COMPENSATED);
  }

  @Test
  void shouldOnlyGoForward_whenCancelledAfterShippingWasAskedFor() {
    saga.succeed("payment", new PaymentProcessed("P-1"))
        .succeed("inventory", new InventoryReserved())
        .cancel("changed her mind")
        .expectIgnored(IgnoreReason.PAST_RETURN)
        .expectStatus(SagaStatus.RUNNING);
  }

  @Test
  void shouldParkAndGoOn_whenTheRefundFails() {
    saga.succeed("payment", new PaymentProcessed("P-1"))
        .cancel("changed her mind")
        .compensated("inventory")
        .failToCompensate("payment", "BUSY")
        .wake()
        .staySilentForGood("payment")
        .expectParked(ParkReason.COMPENSATION_GIVEN_UP)
        .resume("the bank is back")
        .compensated("payment")
        .expectStatus(SagaStatus.COMPENSATED)
        .expectCompensations("inventory", "payment");
  }

  @Test
  void shouldTellTheStory_whenAnExpectationIsNotMet() {
    saga.succeed("payment", new PaymentProcessed("P-1")).staySilent("inventory");
    assertToldBy(() -> saga.expectStatus(SagaStatus.COMPLETED), "COMPLETED", "RUNNING");
    assertToldBy(() -> saga.expectCommand("payment", new VoidPayment("O-1")), "VoidPayment v1");
    assertToldBy(() -> saga.expectCommand("payment", new ProcessPayment("O-2", TOTAL)), "O-2");
    assertToldBy(
        () -> saga.expectCommand("shipping", new ScheduleShipping("O-1")), "none was sent");
    assertToldBy(() -> saga.expectData(placed()), "P-1");
    assertToldBy(() -> saga.expectCompensations("payment"), "payment");
    assertToldBy(() -> saga.expectParked(ParkReason.STEP_GIVEN_UP), "PARKED");
    assertToldBy(() -> saga.compensated("payment"), "none was sent");
    assertToldBy(() -> saga.staySilent("inventory"), "AwaitingRetry");
    assertToldBy(
        () -> saga.succeed("inventory", new PaymentProcessed("P")), "InventoryReserved v1");
    assertToldBy(() -> saga.repeatReply("shipping"), "there was none");
    assertToldBy(
        () ->
            saga.wake()
                .expectCommand(
                    "inventory",
                    ReserveInventory.class,
                    c -> assertThat(c.orderId()).isEqualTo("O-3")),
        "O-3");
  }

  private static void assertToldBy(ThrowingCallable expectation, String... parts) {
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(expectation)
        .withMessageContainingAll(parts)
        .withMessageContaining("The saga's story so far")
        .withMessageContaining("+0s  asked to start")
        .withMessageContaining("sends ProcessPayment v1 for step 'payment', attempt 1")
        .withMessageContaining("step 'payment' succeeded")
        .withMessageContaining("attempt 1 timed out");
  }

  @Test
  void shouldTellTheStory_whenAnAnswerThatIsToBeLateIsNot() {
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> saga.succeedLate("payment", new PaymentProcessed("P-1")))
        .withMessageContaining("would be in time")
        .withMessageContaining("+0s  asked to start");
  }
}
