package io.skald.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.skald.saga.message.Phase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** L6: after the pivot only forward; when its attempts are used up the saga parks. */
class L6OnlyForwardTest {

  private Rehearsal trip = new Rehearsal(Trips.trip());

  @BeforeEach
  void runUntilPayment() {
    trip = Rehearsal.started(Trips.trip());
    trip.succeed("hotel");
    trip.succeed("insurance");
    trip.succeed("flight");
  }

  @Test
  void shouldPark_whenNobodyKnowsWhetherThePivotHappened() {
    // when
    trip.timeOut("payment", Phase.ACTION);
    // then
    assertParked(ParkReason.STEP_GIVEN_UP, "payment");
  }

  @Test
  void shouldPark_whenARetriableStepFailsTooOften() {
    // given
    trip.succeed("payment");
    // when
    trip.timeOut("ticket", Phase.ACTION);
    // then
    assertParked(ParkReason.STEP_GIVEN_UP, "ticket");
  }

  @Test
  void shouldGoOnForward_whenResumed() {
    // given
    trip.timeOut("payment", Phase.ACTION);
    // when
    trip.resume();
    trip.succeed("payment");
    trip.succeed("ticket");
    // then
    assertThat(trip.status()).isEqualTo(SagaStatus.COMPLETED);
    assertThat(trip.sent()).noneMatch(step -> step.startsWith("-"));
  }

  @Test
  void shouldTurnBack_whenTheResumedPivotIsRefused() {
    // given
    trip.timeOut("payment", Phase.ACTION);
    trip.resume();
    // when
    trip.reject("payment");
    // then
    assertThat(trip.status()).isEqualTo(SagaStatus.COMPENSATING);
  }

  @Test
  void shouldPark_whenARetriableStepIsRefused() {
    // given
    trip.succeed("payment");
    // when
    trip.reject("ticket");
    // then
    assertParked(ParkReason.STEP_REJECTED, "ticket");
    assertThat(trip.resume().verdict())
        .isEqualTo(new Verdict.Ignored(IgnoreReason.REFUSED_FOR_GOOD));
    assertThat(trip.cancel().verdict()).isEqualTo(new Verdict.Ignored(IgnoreReason.PAST_RETURN));
  }

  @Test
  void shouldNotTurnBack_whenCancelledAfterThePivotWasIssued() {
    // when
    Decision cancel = trip.cancel();
    // then
    assertThat(cancel.verdict()).isEqualTo(new Verdict.Ignored(IgnoreReason.PAST_RETURN));
    assertThat(trip.status()).isEqualTo(SagaStatus.RUNNING);
  }

  @Test
  void shouldNotTurnBack_whenCancelledWhileParkedAfterThePivot() {
    // given
    trip.timeOut("payment", Phase.ACTION);
    // when
    Decision cancel = trip.cancel();
    // then
    assertThat(cancel.verdict()).isEqualTo(new Verdict.Ignored(IgnoreReason.PAST_RETURN));
    assertThat(trip.status()).isEqualTo(SagaStatus.PARKED);
  }

  @Test
  void shouldNotTurnBack_whenTheDeadlinePassesAfterThePivotWasIssued() {
    // given
    trip.tick(Trips.DEADLINE.multipliedBy(2));
    // when
    trip.fire();
    trip.wake();
    trip.succeed("payment");
    trip.succeed("ticket");
    // then
    assertThat(trip.status()).isEqualTo(SagaStatus.COMPLETED);
  }

  private void assertParked(ParkReason reason, String step) {
    assertThat(trip.state())
        .isInstanceOfSatisfying(
            SagaState.Parked.class,
            parked -> {
              assertThat(parked.reason()).isEqualTo(reason);
              assertThat(parked.step().orElseThrow()).hasToString(step);
              assertThat(parked.interrupted()).isInstanceOf(SagaState.Running.class);
            });
    assertThat(trip.sent()).noneMatch(sent -> sent.startsWith("-"));
  }
}
