package io.skald.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.skald.saga.Retry;
import io.skald.saga.Saga;
import io.skald.saga.message.Phase;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * L8: a saga that is not terminal and not parked always has a wake-up time. That this holds in
 * every state that can be reached is one of {@link StepInvariants}; here is which time it is.
 */
class L8NothingStuckTest {

  private Rehearsal trip = new Rehearsal(Trips.trip());

  @BeforeEach
  void start() {
    trip = Rehearsal.started(Trips.trip());
  }

  @Test
  void shouldWakeForTheTimeout_whenAnAnswerIsAwaited() {
    assertThat(trip.state().nextDueAt()).contains(Rehearsal.START.plus(Trips.TIMEOUT));
  }

  @Test
  void shouldWakeForTheRetry_whenAnAttemptWentWrong() {
    // when
    trip.fail("hotel");
    // then
    assertThat(trip.state().nextDueAt()).contains(Rehearsal.START.plusSeconds(1));
  }

  @Test
  void shouldWakeForTheDeadline_whenItComesBeforeTheTimeout() {
    // when
    trip.tick(Trips.DEADLINE.minusSeconds(1));
    trip.succeed("hotel");
    // then
    assertThat(trip.state().nextDueAt()).contains(Rehearsal.START.plus(Trips.DEADLINE));
  }

  @Test
  void shouldNotWakeForTheDeadline_whenThePivotIsIssued() {
    // given
    trip.succeed("hotel");
    trip.succeed("insurance");
    trip.tick(Trips.DEADLINE.minusSeconds(1));
    // when
    trip.succeed("flight");
    // then
    assertThat(trip.state().nextDueAt()).contains(trip.now().plus(Trips.TIMEOUT));
  }

  @Test
  void shouldWakeForTheTimeoutOfACompensation_whenOnItsWayBack() {
    // when
    trip.tick(Trips.DEADLINE);
    trip.cancel();
    // then
    assertThat(trip.state().nextDueAt()).contains(trip.now().plus(Trips.TIMEOUT));
  }

  @Test
  void shouldWakeAtATimeThatCanBeStored_whenTheDelayIsFiner() {
    // given
    Rehearsal fine =
        Rehearsal.started(
            Saga.define("trip", 1, Trips.Trip.class)
                .startedByApi()
                .deadline(Duration.ofSeconds(9, 987_654_321))
                .pivot("hotel", Trips.HOTEL, Trips.Do.class, t -> new Trips.Do(t.id(), "hotel"))
                .timeout(Duration.ofNanos(1_234_567_891))
                .retry(Retry.fixed(Duration.ofNanos(123_456_789)))
                .build());
    // then PostgreSQL would give another time back, and the timer would be stale for ever
    assertThat(fine.state().core().deadline()).contains(at("2026-03-01T12:00:09.987654Z"));
    assertThat(fine.state().nextDueAt()).contains(at("2026-03-01T12:00:01.234567Z"));
    fine.fail("hotel");
    assertThat(fine.state().nextDueAt()).contains(at("2026-03-01T12:00:00.123456Z"));
  }

  @Test
  void shouldNotWakeUp_whenParkedOrEnded() {
    // given
    trip.cancel();
    // when
    trip.timeOut("hotel", Phase.COMPENSATION);
    // then
    assertThat(trip.status()).isEqualTo(SagaStatus.PARKED);
    assertThat(trip.state().nextDueAt()).isEmpty();
    trip.abort();
    assertThat(trip.state().nextDueAt()).isEmpty();
  }

  @Test
  void shouldDoNothing_whenNothingIsDueAnyMore() {
    // given
    trip.tick(Trips.TIMEOUT.minusNanos(1_000));
    SagaState before = trip.state();
    // when
    Decision early = trip.fire();
    // then
    assertThat(early.verdict()).isEqualTo(new Verdict.Ignored(IgnoreReason.STALE_TIMER));
    assertThat(early.transition()).isEmpty();
    assertThat(trip.state()).isEqualTo(before);
  }

  private static Instant at(String time) {
    return Instant.parse(time);
  }
}
