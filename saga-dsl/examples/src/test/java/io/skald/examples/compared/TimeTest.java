package io.skald.examples.compared;

import static io.skald.examples.compared.Parts.charge;
import static io.skald.examples.compared.Parts.charging;
import static io.skald.examples.compared.Parts.order;
import static io.skald.examples.compared.Parts.refunded;
import static io.skald.examples.compared.Parts.tell;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import io.skald.examples.compared.Parts.Approved;
import io.skald.examples.compared.Parts.Charged;
import io.skald.examples.compared.Parts.Notified;
import io.skald.examples.compared.Parts.Order;
import io.skald.machine.CompensationCause;
import io.skald.machine.SagaStatus;
import io.skald.saga.Retry;
import io.skald.testkit.SagaTest;
import org.junit.jupiter.api.Test;

/** Retries, timeouts, deadlines and timers. */
class TimeTest {

  @Test
  void shouldWaitLongerEachTime_whenAStepFails() {
    Retry retry = Retry.exponential(ofMillis(200)).factor(2).maxDelay(ofSeconds(30)).jitter(0);
    SagaTest.of(refunded(charging(order()).retry(retry)).build())
        .start(Order.placed())
        .fail("charge", "BUSY")
        .advance(ofMillis(200))
        .expectAttempt("charge", 2)
        .fail("charge", "BUSY")
        .advance(ofMillis(399))
        .expectAttempt("charge", 2)
        .advance(ofMillis(1))
        .expectAttempt("charge", 3);
  }

  @Test
  void shouldNotTryAgain_whenTheErrorIsFinal() {
    Retry retry = Retry.exponential(ofMillis(200)).stopOn("CARD_STOLEN");
    SagaTest.of(refunded(charging(order()).retry(retry)).build())
        .start(Order.placed())
        .fail("charge", "CARD_STOLEN")
        .expectCause(CompensationCause.STEP_GIVEN_UP);
  }

  @Test
  void shouldAskOnceMore_whenNoReplyComesInTime() {
    SagaTest.of(refunded(charging(order()).timeout(ofSeconds(5))).build())
        .start(Order.placed())
        .advance(ofSeconds(6))
        .expectAttempt("charge", 2)
        .succeedLate("charge", new Charged("C-1"))
        .expectStatus(SagaStatus.COMPLETED);
  }

  @Test
  void shouldTurnBack_whenTheDeadlineOfTheWholeSagaPasses() {
    SagaTest.of(
            charge(order().deadline(ofDays(3)))
                .await("approval", Approved.class, ofDays(3), Order::with)
                .build())
        .start(Order.placed())
        .succeed("charge", new Charged("C-1"))
        .advance(ofDays(3))
        .expectCause(CompensationCause.DEADLINE_PASSED);
  }

  @Test
  void shouldGoOnLater_whenThereIsAPause() {
    SagaTest.of(tell(charge(order()).pause("a-day", ofDays(1)), "ask-for-a-rating").build())
        .start(Order.placed())
        .succeed("charge", new Charged("C-1"))
        .expectWaitingAt("a-day")
        .advance(ofDays(1))
        .succeed("ask-for-a-rating", new Notified())
        .expectStatus(SagaStatus.COMPLETED);
  }

  @Test
  void shouldRemindAndThenWaitAgain_whenNobodyAnswers() {
    SagaTest.of(
            charge(order())
                .await(
                    "approval",
                    Approved.class,
                    ofHours(4),
                    Order::with,
                    late ->
                        tell(late, "remind")
                            .await("last-call", Approved.class, ofHours(20), Order::with))
                .build())
        .start(Order.placed())
        .succeed("charge", new Charged("C-1"))
        .advance(ofHours(4))
        .succeed("remind", new Notified())
        .signal("last-call", new Approved("ann"))
        .expectStatus(SagaStatus.COMPLETED);
  }
}
