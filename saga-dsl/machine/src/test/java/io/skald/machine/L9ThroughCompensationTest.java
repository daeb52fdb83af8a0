package io.skald.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.skald.machine.JournalEntry.SagaAborted;
import io.skald.machine.JournalEntry.SagaCompensating;
import io.skald.machine.JournalEntry.SagaResumed;
import io.skald.machine.JournalEntry.StepSucceeded;
import io.skald.machine.JournalEntry.TimeoutMoved;
import io.skald.saga.Retry;
import io.skald.saga.Saga;
import io.skald.saga.SagaDefinition;
import io.skald.saga.message.Phase;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** L9: cancel, deadline and timeout go through compensation; timeouts start at publication. */
class L9ThroughCompensationTest {

  private Rehearsal trip = new Rehearsal(Trips.trip());

  @BeforeEach
  void start() {
    trip = Rehearsal.started(Trips.trip());
  }

  @Test
  void shouldCompensate_whenCancelled() {
    // given
    trip.succeed("hotel");
    // when
    trip.cancel();
    // then
    assertTurnedBack(CompensationCause.CANCELLED);
    assertThat(trip.entries(SagaCompensating.class).getFirst())
        .satisfies(
            back -> {
              assertThat(back.actor()).contains("ann");
              assertThat(back.problem().orElseThrow().message()).isEqualTo("changed her mind");
            });
    trip.undo("hotel");
    assertThat(trip.status()).isEqualTo(SagaStatus.COMPENSATED);
  }

  @Test
  void shouldKeepOneHistory_whenCancelledTwice() {
    // given
    trip.cancel();
    // when
    Decision second = trip.cancel();
    // then
    assertThat(second.verdict()).isEqualTo(new Verdict.Ignored(IgnoreReason.ALREADY_COMPENSATING));
    assertThat(trip.entries(SagaCompensating.class)).hasSize(1);
  }

  @Test
  void shouldBeTooLate_whenCancelledAfterTheLastReply() {
    // given
    trip = Rehearsal.started(Trips.undoableTrip());
    trip.succeed("hotel");
    trip.succeed("flight");
    // when
    Decision cancel = trip.cancel();
    // then
    assertThat(cancel.verdict()).isEqualTo(new Verdict.Ignored(IgnoreReason.TERMINAL));
    assertThat(trip.status()).isEqualTo(SagaStatus.COMPLETED);
  }

  @Test
  void shouldCompensate_whenAStepTimesOutForTheLastTime() {
    // given
    trip.succeed("hotel");
    // when
    trip.timeOut("insurance", Phase.ACTION);
    // then
    assertTurnedBack(CompensationCause.STEP_GIVEN_UP);
    assertThat(trip.sent()).endsWith("-hotel");
  }

  @Test
  void shouldCompensate_whenTheDeadlinePasses() {
    // given
    trip.succeed("hotel");
    trip.tick(Trips.DEADLINE);
    // when
    trip.fire();
    // then
    assertTurnedBack(CompensationCause.DEADLINE_PASSED);
    assertThat(trip.sent()).endsWith("-hotel");
  }

  @Test
  void shouldNotBegin_whenTheReplyIsHandledAfterTheDeadline() {
    // given
    trip.succeed("hotel");
    trip.succeed("insurance");
    trip.tick(Trips.DEADLINE);
    // when the reply is handled before the timer, as after an outage
    trip.succeed("flight");
    // then the pivot is not issued, or the deadline could never act
    assertThat(trip.entries(StepSucceeded.class)).hasSize(3);
    assertTurnedBack(CompensationCause.DEADLINE_PASSED);
    assertThat(trip.sent()).doesNotContain("payment").endsWith("-flight");
  }

  @Test
  void shouldComplete_whenTheLastReplyIsHandledAfterTheDeadline() {
    // given
    trip = Rehearsal.started(Trips.undoableTrip());
    trip.tick(Trips.DEADLINE.minusSeconds(1));
    trip.succeed("hotel");
    trip.tick(Duration.ofSeconds(2));
    // when
    trip.succeed("flight");
    // then nothing that could be late is left to do
    assertThat(trip.status()).isEqualTo(SagaStatus.COMPLETED);
  }

  @Test
  void shouldCompensate_whenResumedAfterTheDeadline() {
    // given
    trip.succeed("hotel");
    trip.giveWithoutDefinition(new Input.TimerFired("t"));
    trip.tick(Trips.DEADLINE);
    // when
    trip.resume();
    // then
    assertThat(trip.entries(SagaResumed.class)).hasSize(1);
    assertTurnedBack(CompensationCause.DEADLINE_PASSED);
    assertThat(trip.sent()).containsExactly("hotel", "insurance", "-hotel");
  }

  @Test
  void shouldCompensate_whenCancelledWhileParkedBeforeThePivot() {
    // given
    trip.succeed("hotel");
    trip.giveWithoutDefinition(new Input.TimerFired("t"));
    // when
    trip.cancel();
    // then
    assertTurnedBack(CompensationCause.CANCELLED);
    assertThat(trip.sent()).endsWith("-hotel");
  }

  @Test
  void shouldSkipCompensation_whenAborted() {
    // given
    trip.succeed("hotel");
    // when
    trip.abort();
    // then
    assertThat(trip.status()).isEqualTo(SagaStatus.ABORTED);
    assertThat(trip.sent()).noneMatch(sent -> sent.startsWith("-"));
    assertThat(trip.entries(SagaAborted.class))
        .containsExactly(new SagaAborted("bob", "beyond mending"));
  }

  @Test
  void shouldStartTheTimeoutOver_whenTheCommandIsPublishedLate() {
    // given
    trip.tick(Duration.ofSeconds(9));
    // when
    trip.published("hotel", Phase.ACTION, 1);
    // then
    assertThat(trip.entries(TimeoutMoved.class)).hasSize(1);
    assertThat(trip.state().nextDueAt()).contains(trip.now().plus(Trips.TIMEOUT));
  }

  @Test
  void shouldLeaveTheTimeout_whenAnotherAttemptWasPublished() {
    // given
    trip.wake();
    trip.wake();
    trip.tick(Duration.ofSeconds(5));
    SagaState before = trip.state();
    // when
    trip.published("hotel", Phase.ACTION, 1);
    trip.published("hotel", Phase.COMPENSATION, 2);
    trip.published("flight", Phase.ACTION, 1);
    // then
    assertThat(trip.state()).isEqualTo(before);
  }

  @Test
  void shouldNotShortenTheTimeout_whenTheClockWentBack() {
    // given
    trip.tick(Duration.ofHours(-1));
    // when
    Decision published = trip.published("hotel", Phase.ACTION, 1);
    // then
    assertThat(published.verdict()).isEqualTo(new Verdict.Ignored(IgnoreReason.STALE_TIMER));
    assertThat(trip.state().nextDueAt()).contains(Rehearsal.START.plus(Trips.TIMEOUT));
  }

  @Test
  void shouldNotUseUpTheTimeForRetries_whenThePublisherIsBehind() {
    // given retries for a minute
    trip = Rehearsal.started(retriedForAMinute());
    // when the first attempt is published an hour later, and fails
    trip.tick(Duration.ofHours(1));
    trip.published("hotel", Phase.ACTION, 1);
    trip.tick(Duration.ofSeconds(5));
    trip.fail("hotel");
    // then
    assertThat(trip.status()).isEqualTo(SagaStatus.RUNNING);
    trip.wake();
    trip.tick(Duration.ofMinutes(1));
    trip.fail("hotel");
    assertThat(trip.status()).isEqualTo(SagaStatus.COMPENSATING);
  }

  private static SagaDefinition<Trips.Trip> retriedForAMinute() {
    return Saga.define("trip", 1, Trips.Trip.class)
        .startedByApi()
        .step("hotel", Trips.HOTEL, Trips.Do.class, t -> new Trips.Do(t.id(), "hotel"))
        .retry(Retry.fixed(Duration.ofSeconds(1)).within(Duration.ofMinutes(1)))
        .compensate(Trips.UndoBlind.class, t -> new Trips.UndoBlind(t.id(), "hotel"))
        .build();
  }

  private void assertTurnedBack(CompensationCause cause) {
    assertThat(trip.state())
        .isInstanceOfSatisfying(
            SagaState.Compensating.class, back -> assertThat(back.cause()).isEqualTo(cause));
  }
}
