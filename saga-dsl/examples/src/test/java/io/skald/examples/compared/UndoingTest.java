package io.skald.examples.compared;

import static java.time.Duration.ofMinutes;

import io.skald.examples.compared.Parts.Charged;
import io.skald.examples.compared.Parts.Order;
import io.skald.examples.compared.Parts.Refund;
import io.skald.examples.compared.Parts.RefundIfCharged;
import io.skald.examples.compared.Parts.Reserved;
import io.skald.machine.CompensationCause;
import io.skald.machine.ParkReason;
import io.skald.machine.SagaStatus;
import io.skald.saga.Retry;
import io.skald.testkit.SagaTest;
import org.junit.jupiter.api.Test;

/** What is undone, when, and in which order. */
class UndoingTest {

  @Test
  void shouldUndoFromTheEnd_whenAStepIsRefused() {
    SagaTest.of(Parts.reserve(Parts.reserve(Parts.charge(Parts.order()), "stock"), "van").build())
        .start(Order.placed())
        .succeed("charge", new Charged("C-1"))
        .succeed("stock", new Reserved())
        .refuse("van", "NONE_LEFT")
        .compensated("stock")
        .compensated("charge")
        .expectCompensations("stock", "charge")
        .expectStatus(SagaStatus.COMPENSATED);
  }

  @Test
  void shouldUndoByTheStepsOwnReply_whenThereIsOne() {
    SagaTest.of(Parts.reserve(Parts.charge(Parts.order()), "stock").build())
        .start(Order.placed())
        .succeed("charge", new Charged("C-1"))
        .refuse("stock", "NONE_LEFT")
        .expectCommand("charge", new Refund("C-1"));
  }

  @Test
  void shouldUndoWhatMayHaveHappened_whenNoAnswerCame() {
    SagaTest.of(Parts.charge(Parts.order()).build())
        .start(Order.placed())
        .staySilentForGood("charge")
        .expectCommand("charge", new RefundIfCharged("O-1"));
  }

  @Test
  void shouldUndoBranchesSideBySide_whenTheyRanSideBySide() {
    SagaTest.of(
            Parts.charge(
                    Parts.order()
                        .parallel("both", b -> Parts.reserve(Parts.reserve(b, "stock"), "van")))
                .build())
        .start(Order.placed())
        .succeed("stock", new Reserved())
        .succeed("van", new Reserved())
        .refuse("charge", "POOR")
        .expectUnderWay("stock", "van");
  }

  @Test
  void shouldKeepOnUndoing_whenACompensationFails() {
    SagaTest.of(
            Parts.reserve(
                    Parts.refunded(
                        Parts.charging(Parts.order())
                            .compensationRetry(Retry.fixed(ofMinutes(1)).maxAttempts(2))),
                    "stock")
                .build())
        .start(Order.placed())
        .succeed("charge", new Charged("C-1"))
        .refuse("stock", "NONE_LEFT")
        .failToCompensate("charge", "BUSY")
        .wake()
        .failToCompensate("charge", "BUSY")
        .expectParked(ParkReason.COMPENSATION_GIVEN_UP)
        .resume("the bank is back")
        .compensated("charge")
        .expectStatus(SagaStatus.COMPENSATED);
  }

  @Test
  void shouldOnlyGoForward_whenThePivotIsDone() {
    SagaTest.of(
            Parts.ship(Parts.charge(Parts.order()))
                .then("mail", Parts.MAIL, Parts.Notify.class, o -> new Parts.Notify(o.id(), "sent"))
                .build())
        .start(Order.placed())
        .succeed("charge", new Charged("C-1"))
        .succeed("ship", new Parts.Shipped())
        .staySilentForGood("mail")
        .expectParked(ParkReason.STEP_GIVEN_UP)
        .expectCompensations();
  }

  @Test
  void shouldTurnBack_whenSomebodyCancels() {
    SagaTest.of(Parts.reserve(Parts.charge(Parts.order()), "stock").build())
        .start(Order.placed())
        .succeed("charge", new Charged("C-1"))
        .cancel("the customer has thought again")
        .expectCause(CompensationCause.CANCELLED)
        .expectUnderWay("stock");
  }
}
