package io.skald.examples.compared;

import static io.skald.examples.compared.Parts.order;
import static io.skald.examples.compared.Parts.reserve;
import static io.skald.examples.compared.Parts.ship;
import static io.skald.examples.compared.Parts.tell;
import static java.time.Duration.ofSeconds;

import io.skald.examples.compared.Parts.Notified;
import io.skald.examples.compared.Parts.Order;
import io.skald.examples.compared.Parts.Release;
import io.skald.examples.compared.Parts.Reserve;
import io.skald.examples.compared.Parts.Reserved;
import io.skald.machine.SagaStatus;
import io.skald.saga.Retry;
import io.skald.testkit.SagaTest;
import org.junit.jupiter.api.Test;

/** Ways, branches, items and what takes the place of loops and local steps. */
class FlowTest {

  @Test
  void shouldTakeOneOfTwoWays_whenTheDataSaysWhich() {
    SagaTest.of(
            order()
                .when("dear", Order::isDear, w -> reserve(w, "safe"), w -> reserve(w, "shelf"))
                .build())
        .start(Order.placed())
        .expectSteps("safe");
  }

  @Test
  void shouldGoOnWhenAllHaveAnswered_whenBranchesRunSideBySide() {
    SagaTest.of(ship(order().parallel("both", b -> reserve(reserve(b, "stock"), "van"))).build())
        .start(Order.placed())
        .expectUnderWay("stock", "van")
        .succeed("van", new Reserved())
        .expectUnderWay("stock")
        .succeed("stock", new Reserved())
        .expectUnderWay("ship");
  }

  @Test
  void shouldRunOnceForEachItem_whenThereAreSeveral() {
    SagaTest.of(
            order()
                .forEach(
                    "parcels",
                    String.class,
                    Order::parcels,
                    parcel -> parcel,
                    10,
                    each ->
                        each.step(
                                "pack",
                                Parts.STORE,
                                Reserve.class,
                                of -> new Reserve(of.data().id(), of.item()))
                            .compensate(
                                Release.class, of -> new Release(of.data().id(), of.item())))
                .build())
        .start(Order.placed())
        .expectUnderWay("pack/P-1", "pack/P-2");
  }

  @Test
  void shouldAskAgainUntilItIsSo_whenAnotherWouldLoop() {
    Retry everySecond = Retry.fixed(ofSeconds(1)).maxAttempts(100);
    SagaTest.of(
            order()
                .step("ready", Parts.STORE, Reserve.class, o -> new Reserve(o.id(), "any"))
                .retry(everySecond)
                .nothingToCompensate()
                .build())
        .start(Order.placed())
        .fail("ready", "NOT_YET")
        .wake()
        .expectAttempt("ready", 2)
        .succeed("ready", new Reserved())
        .expectStatus(SagaStatus.COMPLETED);
  }

  @Test
  void shouldBeAStepThatIsNotUndone_whenItOnlyTells() {
    SagaTest.of(reserve(tell(order(), "hello"), "stock").build())
        .start(Order.placed())
        .succeed("hello", new Notified())
        .refuse("stock", "NONE_LEFT")
        .expectCompensations()
        .expectStatus(SagaStatus.COMPENSATED);
  }
}
