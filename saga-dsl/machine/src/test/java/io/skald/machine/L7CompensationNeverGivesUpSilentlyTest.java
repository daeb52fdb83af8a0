package io.skald.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.skald.saga.message.Outcome;
import io.skald.saga.message.Phase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** L7: compensation retries by its policy, then parks with its remaining plan. */
class L7CompensationNeverGivesUpSilentlyTest {

  private Rehearsal trip = new Rehearsal(Trips.trip());

  @BeforeEach
  void turnBack() {
    trip = Rehearsal.started(Trips.trip());
    trip.succeed("hotel");
    trip.succeed("insurance");
    trip.succeed("flight");
    trip.reject("payment");
  }

  @Test
  void shouldTryAgain_whenACompensationFails() {
    // given
    trip.failToUndo("flight");
    // when
    trip.wake();
    trip.undo("flight");
    // then
    assertThat(trip.sent()).endsWith("-flight", "-flight", "-hotel");
  }

  @Test
  void shouldTryAgain_whenACompensationIsRefused() {
    // given
    trip.reply("flight", Phase.COMPENSATION, 1, Outcome.REJECTED);
    // when
    trip.wake();
    trip.undo("flight");
    // then
    assertThat(trip.sent()).endsWith("-flight", "-flight", "-hotel");
  }

  @Test
  void shouldParkWithItsPlan_whenTheAttemptsAreUsedUp() {
    // when
    trip.failToUndo("flight");
    trip.wake();
    trip.reply("flight", Phase.COMPENSATION, 2, Outcome.REJECTED);
    trip.wake();
    trip.wake();
    // then
    assertThat(trip.state())
        .isInstanceOfSatisfying(
            SagaState.Parked.class,
            parked -> {
              assertThat(parked.reason()).isEqualTo(ParkReason.COMPENSATION_GIVEN_UP);
              assertThat(parked.step().orElseThrow()).hasToString("flight");
              assertThat(parked.problem().code()).isEqualTo(Problem.TIMEOUT);
              assertThat(parked.interrupted()).isInstanceOf(SagaState.Compensating.class);
            });
    assertThat(trip.step("flight").mayHaveHappened()).isTrue();
    assertThat(trip.step("hotel").mayHaveHappened()).isTrue();
  }

  @Test
  void shouldGoOnWithItsPlan_whenResumed() {
    // given
    trip.timeOut("flight", Phase.COMPENSATION);
    // when
    trip.resume();
    trip.undo("flight");
    trip.undo("hotel");
    // then
    assertThat(trip.status()).isEqualTo(SagaStatus.COMPENSATED);
    assertThat(trip.sent()).endsWith("-flight", "-flight", "-flight", "-flight", "-hotel");
  }

  @Test
  void shouldHaveAFreshBudget_whenResumed() {
    // given
    trip.timeOut("flight", Phase.COMPENSATION);
    trip.resume();
    // when
    trip.failToUndo("flight");
    trip.wake();
    trip.failToUndo("flight");
    trip.wake();
    // then
    assertThat(trip.status()).isEqualTo(SagaStatus.COMPENSATING);
    trip.failToUndo("flight");
    assertThat(trip.status()).isEqualTo(SagaStatus.PARKED);
    assertThat(trip.step("flight").compensation().orElseThrow().attempts())
        .satisfies(
            attempts -> {
              assertThat(attempts.number()).isEqualTo(6);
              assertThat(attempts.first()).isEqualTo(4);
            });
  }

  @Test
  void shouldStayOnItsWayBack_whenCancelledWhileParked() {
    // given
    trip.timeOut("flight", Phase.COMPENSATION);
    // when
    Decision cancel = trip.cancel();
    // then
    assertThat(cancel.verdict()).isEqualTo(new Verdict.Ignored(IgnoreReason.ALREADY_COMPENSATING));
    assertThat(trip.status()).isEqualTo(SagaStatus.PARKED);
  }

  @Test
  void shouldNotEnd_whenAnythingIsLeftToUndo() {
    // when
    trip.undo("flight");
    // then
    assertThat(trip.status()).isEqualTo(SagaStatus.COMPENSATING);
    trip.undo("hotel");
    assertThat(trip.status()).isEqualTo(SagaStatus.COMPENSATED);
  }
}
