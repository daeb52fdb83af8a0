package io.skald.examples.compared;

import io.skald.examples.compared.Parts.Charged;
import io.skald.examples.compared.Parts.Order;
import io.skald.machine.SagaStatus;
import io.skald.saga.Exclusive;
import io.skald.saga.Saga;
import io.skald.saga.SagaDefinition;
import io.skald.testkit.SagaTest;
import org.junit.jupiter.api.Test;

/** Sagas inside of sagas, and sagas that keep each other out. */
class FamiliesTest {

  /** The stock of an order, as a saga of its own. */
  private static final SagaDefinition<Order> STOCK =
      Parts.reserve(
              Parts.reserve(Saga.define("stock", 1, Order.class).startedByApi(), "goods"), "box")
          .build();

  private static SagaDefinition<Order> nested() {
    return Parts.ship(Parts.charge(Parts.order()).subSaga("stock", STOCK, order -> order)).build();
  }

  @Test
  void shouldBeAStep_whenASagaIsNested() {
    SagaTest.of(nested())
        .start(Order.placed())
        .succeed("charge", new Charged("C-1"))
        .succeed("stock", Order.placed())
        .expectSteps("charge", "stock", "ship");
  }

  @Test
  void shouldUndoTheFinishedChild_whenTheParentTurnsBack() {
    SagaTest.of(nested())
        .start(Order.placed())
        .succeed("charge", new Charged("C-1"))
        .succeed("stock", Order.placed())
        .refuse("ship", "NO_TRUCK")
        .compensated("stock")
        .compensated("charge")
        .expectCompensations("stock", "charge")
        .expectStatus(SagaStatus.COMPENSATED);
  }

  @Test
  void shouldWaitItsTurn_whenAnotherOfItsKeyIsUnderWay() {
    SagaTest.of(Parts.charge(Parts.order().exclusive(Exclusive.QUEUE)).build())
        .startBehindAnother(Order.placed())
        .expectStatus(SagaStatus.QUEUED)
        .expectSteps()
        .turnComes()
        .expectSteps("charge");
  }
}
