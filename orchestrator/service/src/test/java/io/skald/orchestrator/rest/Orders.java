package io.skald.orchestrator.rest;

import io.skald.machine.Attempts;
import io.skald.machine.PhaseState;
import io.skald.machine.Problem;
import io.skald.machine.SagaCore;
import io.skald.machine.StepState;
import io.skald.orchestrator.lane.Definitions;
import io.skald.saga.Exclusive;
import io.skald.saga.Saga;
import io.skald.saga.SagaDefinition;
import io.skald.saga.StepKind;
import io.skald.saga.message.Command;
import io.skald.saga.message.Participant;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.StepName;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** An order saga with a bit of everything, and states of it by hand. */
final class Orders {

  static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

  static final String DATA =
      "{\"orderId\":\"ORD-1\",\"quantity\":2,\"total\":99.90,\"express\":false}";

  record Order(String orderId, int quantity, BigDecimal total, boolean express) {
    Order {
      if (quantity < 0) {
        throw new IllegalArgumentException("Expected a quantity of 0 or above, but found less");
      }
    }
  }

  record Done(String orderId) {}

  record ProcessPayment(String orderId) implements Command<Done> {}

  record RefundPayment(String orderId) implements Command<Done> {}

  record Screen(String orderId) implements Command<Done> {}

  record ReserveInventory(String orderId) implements Command<Done> {}

  record ReleaseInventory(String orderId) implements Command<Done> {}

  record ScheduleShipping(String orderId) implements Command<Done> {}

  record Notify(String orderId) implements Command<Done> {}

  static final SagaDefinition<Order> ORDER =
      Saga.define("order", 1, Order.class)
          .startedByApi()
          .deadline(Duration.ofDays(3))
          .step(
              "payment",
              Participant.named("payment"),
              ProcessPayment.class,
              o -> new ProcessPayment(o.orderId()))
          .compensate(RefundPayment.class, o -> new RefundPayment(o.orderId()))
          .step("screen", Participant.named("risk"), Screen.class, o -> new Screen(o.orderId()))
          .nothingToCompensate()
          .step(
              "inventory",
              Participant.named("inventory"),
              ReserveInventory.class,
              o -> new ReserveInventory(o.orderId()))
          .compensate(ReleaseInventory.class, o -> new ReleaseInventory(o.orderId()))
          .pivot(
              "shipping",
              Participant.named("shipping"),
              ScheduleShipping.class,
              o -> new ScheduleShipping(o.orderId()))
          .then("notify", Participant.named("post"), Notify.class, o -> new Notify(o.orderId()))
          .build();

  /** Of a key one at a time; the others wait. */
  static final SagaDefinition<Order> DELIVERY =
      Saga.define("delivery", 1, Order.class)
          .startedByApi()
          .exclusive(Exclusive.QUEUE)
          .step("load", Participant.named("post"), Notify.class, o -> new Notify(o.orderId()))
          .nothingToCompensate()
          .build();

  static final Definitions DEFINITIONS = new Definitions(List.of(ORDER, DELIVERY));

  private Orders() {}

  static SagaCore core(StepState... steps) {
    return core(SagaId.forKey("order", "ORD-1"), "ORD-1", NOON, 7, steps);
  }

  static SagaCore core(SagaId id, String key, Instant startedAt, long seq, StepState... steps) {
    return new SagaCore(
        id,
        "order",
        1,
        ORDER.fingerprint(),
        key,
        "digest",
        startedAt,
        Optional.of(startedAt.plus(Duration.ofDays(3))),
        SagaCore.NO_PLACE,
        startedAt.plusSeconds(5),
        seq,
        DATA,
        Arrays.asList(steps),
        List.of(),
        Optional.empty());
  }

  static SagaCore withStep(SagaCore core, String name, PhaseState action) {
    return new SagaCore(
        core.id(),
        core.definition(),
        core.version(),
        core.fingerprint(),
        core.key(),
        core.startDigest(),
        core.startedAt(),
        core.deadline(),
        core.place(),
        core.updatedAt(),
        core.seq(),
        core.data(),
        List.of(
            new StepState(new StepName(name), StepKind.COMPENSATABLE, action, Optional.empty())),
        core.blocks(),
        core.parent());
  }

  /** A delivery that stands in the line of its key. */
  static SagaCore inLine(String start, long place) {
    return new SagaCore(
        SagaId.forStart("delivery", "VAN-1", start),
        "delivery",
        1,
        DELIVERY.fingerprint(),
        "VAN-1",
        "digest",
        NOON,
        Optional.empty(),
        place,
        NOON,
        1,
        DATA,
        List.of(),
        List.of(),
        Optional.empty());
  }

  static StepState step(String name, PhaseState action) {
    return new StepState(new StepName(name), kind(name), action, Optional.empty());
  }

  static StepState step(String name, PhaseState action, PhaseState compensation) {
    return new StepState(new StepName(name), kind(name), action, Optional.of(compensation));
  }

  static PhaseState succeeded() {
    return new PhaseState.Succeeded(
        attempts(1), NOON.plusSeconds(1), "{\"orderId\":\"ORD-1\"}", Optional.empty());
  }

  static PhaseState awaitingReply(int attempt) {
    return new PhaseState.AwaitingReply(
        attempts(attempt),
        NOON.plusSeconds(2),
        NOON.plusSeconds(32),
        attempt == 1 ? Optional.empty() : Optional.of(problem("TIMEOUT")));
  }

  static PhaseState awaitingRetry(int attempt) {
    return new PhaseState.AwaitingRetry(
        attempts(attempt), NOON.plusSeconds(3), NOON.plusSeconds(4), Optional.of(problem("BUSY")));
  }

  static PhaseState rejected() {
    return new PhaseState.Rejected(
        attempts(1), NOON.plusSeconds(4), Optional.of(problem("NO_STOCK")));
  }

  static PhaseState unknown(int attempt) {
    return new PhaseState.Unknown(
        attempts(attempt), NOON.plusSeconds(4), Optional.of(problem("TIMEOUT")));
  }

  static Problem problem(String code) {
    return new Problem(code, "It said " + code);
  }

  private static Attempts attempts(int number) {
    return new Attempts(number, 1, NOON);
  }

  private static StepKind kind(String name) {
    return ORDER.step(new StepName(name)).orElseThrow().kind();
  }
}
