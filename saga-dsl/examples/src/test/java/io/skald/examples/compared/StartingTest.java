package io.skald.examples.compared;

import static org.assertj.core.api.Assertions.assertThat;

import io.skald.examples.compared.Parts.Charged;
import io.skald.examples.compared.Parts.Order;
import io.skald.examples.compared.Parts.OrderPlaced;
import io.skald.machine.IgnoreReason;
import io.skald.machine.SagaStatus;
import io.skald.saga.Saga;
import io.skald.saga.SagaDefinition;
import io.skald.saga.StartEvent;
import io.skald.saga.message.SagaId;
import io.skald.testkit.SagaTest;
import org.junit.jupiter.api.Test;

/** How a saga begins, to whom messages belong, and how it ends. */
class StartingTest {

  @Test
  void shouldBeginWithAnEvent_whenOneIsPublished() {
    SagaDefinition<Order> definition =
        Parts.charge(
                Saga.define("order", 1, Order.class)
                    .startedBy(Parts.ORDERS, OrderPlaced.class, OrderPlaced::orderId, Order::of))
            .build();

    StartEvent<Order, ?> start = definition.startEvents().getFirst();
    assertThat(start.topic()).isEqualTo(Parts.ORDERS);
    SagaTest.of(definition)
        .start(Order.of(new OrderPlaced("O-7", 12_00)))
        .expectCommand("charge", new Parts.Charge("O-7", 12_00));
  }

  @Test
  void shouldBeOneSaga_whenItIsStartedTwiceWithOneKey() {
    SagaTest.of(Parts.charge(Parts.order()).build())
        .start(Order.placed())
        .start(Order.placed())
        .expectIgnored(IgnoreReason.REPEATED_START)
        .expectSteps("charge");
    assertThat(SagaId.forKey("order", "O-1")).isEqualTo(SagaId.forKey("order", "O-1"));
  }

  @Test
  void shouldTakeAReplyOnce_whenItComesTwice() {
    SagaTest.of(Parts.reserve(Parts.charge(Parts.order()), "stock").build())
        .start(Order.placed())
        .succeed("charge", new Charged("C-1"))
        .repeatReply()
        .expectIgnored(IgnoreReason.ALREADY_SETTLED)
        .expectSteps("charge", "stock");
  }

  @Test
  void shouldEndByItself_whenItsStoryIsTold() {
    SagaTest.of(Parts.charge(Parts.order()).build())
        .start(Order.placed())
        .succeed("charge", new Charged("C-1"))
        .expectStatus(SagaStatus.COMPLETED);
  }
}
