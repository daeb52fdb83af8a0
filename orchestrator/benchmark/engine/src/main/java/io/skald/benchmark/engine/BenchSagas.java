package io.skald.benchmark.engine;

import io.skald.saga.Retry;
import io.skald.saga.Saga;
import io.skald.saga.SagaDefinition;
import io.skald.saga.message.Participant;
import io.skald.saga.message.Topic;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Locale;

/**
 * The sagas that the benchmark puts load on. The same story as the shop's, with what other engines
 * were measured with: three steps, of which the last may refuse and two can be undone.
 */
@Singleton
final class BenchSagas {

  static final Topic ORDER_EVENTS = Topic.of("bench-order-events");
  static final Participant PAYMENT = Participant.named("bench-payment");
  static final Participant INVENTORY = Participant.named("bench-inventory");
  static final Participant SHIPPING = Participant.named("bench-shipping");

  private static final Duration DEADLINE = Duration.ofDays(1);

  @Produces
  @Singleton
  SagaDefinition<Order> order(EngineConfig config) {
    Retry retry = retry(config);

    // spotless:off
    return Saga.define("bench-order", 1, Order.class)
        .startedBy(ORDER_EVENTS, OrderCreated.class, OrderCreated::orderId, Order::from)
        .deadline(DEADLINE)
        .step("payment", PAYMENT, ProcessPayment.class, o -> o.payment("payment"))
            .timeout(config.stepTimeout()).retry(retry)
            .onReply(Order::paid)
            .compensate(RefundPayment.class, Order::refund)
        .step("inventory", INVENTORY, ReserveInventory.class, o -> o.reservation("inventory"))
            .timeout(config.stepTimeout()).retry(retry)
            .onReply(Order::reserved)
            .compensate(ReleaseInventory.class, Order::release)
        .pivot("shipping", SHIPPING, ScheduleShipping.class, o -> o.shipping("shipping"))
            .timeout(config.stepTimeout()).retry(retry)
            .onReply(Order::scheduled)
        .build();
    // spotless:on
  }

  /**
   * Many steps in a row: payment and inventory take turns, shipping is the last. What a step costs
   * must not grow with the number of those before it.
   */
  @Produces
  @Singleton
  SagaDefinition<Order> wide(EngineConfig config) {
    Retry retry = retry(config);
    Saga.BeforePivot<Order> story =
        Saga.define("bench-wide", config.wideSteps(), Order.class)
            .startedBy(ORDER_EVENTS, WideOrderCreated.class, WideOrderCreated::orderId, Order::from)
            .deadline(DEADLINE);
    for (int number = 1; number < config.wideSteps(); number++) {
      String step = String.format(Locale.ROOT, "step-%03d", number);
      story =
          number % 2 == 1
              ? story
                  .step(step, PAYMENT, ProcessPayment.class, o -> o.payment(step))
                  .timeout(config.stepTimeout())
                  .retry(retry)
                  .onReply(Order::paid)
                  .compensate(RefundPayment.class, Order::refund)
              : story
                  .step(step, INVENTORY, ReserveInventory.class, o -> o.reservation(step))
                  .timeout(config.stepTimeout())
                  .retry(retry)
                  .onReply(Order::reserved)
                  .compensate(ReleaseInventory.class, Order::release);
    }
    return story
        .pivot("shipping", SHIPPING, ScheduleShipping.class, o -> o.shipping("shipping"))
        .timeout(config.stepTimeout())
        .retry(retry)
        .onReply(Order::scheduled)
        .build();
  }

  private static Retry retry(EngineConfig config) {
    return Retry.exponential(config.retryInitial());
  }
}
