package io.skald.machine;

import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import io.skald.machine.RandomTrip.Approved;
import io.skald.machine.Trips.Done;
import io.skald.machine.Trips.Trip;
import io.skald.saga.Saga;
import io.skald.saga.SagaDefinition;
import io.skald.saga.message.Phase;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** A saga waits for a signal; it may come early, late, twice or never. */
class AwaitTest {

  private static Trip approved(Trip trip, Approved approved) {
    return trip.with(new Done("approved by " + approved.by()));
  }

  private static Saga.BeforePivot<Trip> awaiting() {
    return Trips.undoable(Trips.head(), "hotel", Trips.HOTEL)
        .await("approval", Approved.class, ofMinutes(2), AwaitTest::approved);
  }

  private static SagaDefinition<Trip> definition() {
    return Trips.undoable(awaiting(), "flight", Trips.FLIGHT).build();
  }

  /** With a reminder of its own way when nobody approves in time. */
  private static SagaDefinition<Trip> withLateBranch() {
    return Trips.undoable(
            Trips.undoable(Trips.head(), "hotel", Trips.HOTEL)
                .await(
                    "approval",
                    Approved.class,
                    ofMinutes(2),
                    AwaitTest::approved,
                    late -> Trips.undoable(late, "escalation", Trips.BANK)),
            "flight",
            Trips.FLIGHT)
        .build();
  }

  private static SagaDefinition<Trip> afterThePivot() {
    return Trips.head()
        .pivot("payment", Trips.BANK, Trips.Do.class, t -> new Trips.Do(t.id(), "payment"))
        .await("approval", Approved.class, ofMinutes(2), AwaitTest::approved)
        .then("ticket", Trips.FLIGHT, Trips.Do.class, t -> new Trips.Do(t.id(), "ticket"))
        .build();
  }

  @Test
  void shouldWaitUntilItsLimit_whenNoSignalHasCome() {
    // given
    Rehearsal trip = Rehearsal.started(definition());
    // when
    trip.succeed("hotel");
    // then
    assertThat(trip.sent()).containsExactly("hotel");
    assertThat(trip.state().nextDueAt()).contains(trip.now().plus(ofMinutes(2)));
  }

  @Test
  void shouldGoOn_whenItsSignalComes() {
    // given
    Rehearsal trip = Rehearsal.started(definition());
    trip.succeed("hotel");
    // when
    trip.signal("approval", "1");
    // then
    assertThat(trip.sent()).containsExactly("hotel", "flight");
    assertThat(trip.data().receipts()).endsWith("approved by ann");
  }

  @Test
  void shouldKeepTheSignal_whenItComesBeforeTheStory() {
    // given
    Rehearsal trip = Rehearsal.started(definition());
    // when
    trip.signal("approval", "1");
    // then
    assertThat(trip.sent()).containsExactly("hotel");
    // when
    trip.succeed("hotel");
    // then
    assertThat(trip.sent()).containsExactly("hotel", "flight");
    assertThat(trip.data().receipts()).containsExactly("receipt of hotel", "approved by ann");
  }

  @Test
  void shouldCountOnce_whenASignalComesTwice() {
    // given
    Rehearsal trip = Rehearsal.started(definition());
    trip.signal("approval", "1");
    // when
    Decision early = trip.signal("approval", "1");
    trip.succeed("hotel");
    Decision late = trip.signal("approval", "1");
    // then
    assertThat(early.verdict()).isEqualTo(new Verdict.Ignored(IgnoreReason.REPEATED_SIGNAL));
    assertThat(late.verdict()).isEqualTo(new Verdict.Ignored(IgnoreReason.REPEATED_SIGNAL));
    assertThat(trip.data().receipts()).containsOnlyOnce("approved by ann");
  }

  @Test
  void shouldTurnBack_whenNoSignalComesInTime() {
    // given
    Rehearsal trip = Rehearsal.started(definition());
    trip.succeed("hotel");
    // when
    trip.wake();
    // then
    assertThat(((SagaState.Compensating) trip.state()).cause())
        .isEqualTo(CompensationCause.NO_SIGNAL);
    assertThat(trip.sent()).containsExactly("hotel", "-hotel");
    assertThat(trip.signal("approval", "1").verdict())
        .isEqualTo(new Verdict.Ignored(IgnoreReason.TURNED_BACK));
  }

  @Test
  void shouldTakeTheLateBranchAndUndoItToo_whenThereIsOne() {
    // given
    Rehearsal trip = Rehearsal.started(withLateBranch());
    trip.succeed("hotel");
    // when
    trip.wake();
    trip.succeed("escalation");
    // then
    assertThat(trip.sent()).containsExactly("hotel", "escalation", "flight");
    assertThat(trip.signal("approval", "1").verdict())
        .isEqualTo(new Verdict.Ignored(IgnoreReason.ALREADY_SETTLED));
    // when
    trip.reject("flight");
    // then
    assertThat(trip.sent()).endsWith("flight", "-escalation");
  }

  @Test
  void shouldParkAndTakeTheSignalYet_whenThePivotIsBehindIt() {
    // given
    Rehearsal trip = Rehearsal.started(afterThePivot());
    trip.succeed("payment");
    // when
    trip.wake();
    // then
    assertThat(((SagaState.Parked) trip.state()).reason()).isEqualTo(ParkReason.NO_SIGNAL);
    // when
    trip.signal("approval", "1");
    trip.resume();
    // then
    assertThat(trip.sent()).containsExactly("payment", "ticket");
  }

  @Test
  void shouldWaitOnceMore_whenItIsResumedWithoutASignal() {
    // given
    Rehearsal trip = Rehearsal.started(afterThePivot());
    trip.succeed("payment");
    trip.wake();
    // when
    trip.resume();
    // then
    assertThat(trip.status()).isEqualTo(SagaStatus.RUNNING);
    assertThat(trip.state().nextDueAt()).contains(trip.now().plus(ofMinutes(2)));
  }

  @Test
  void shouldRefuseTheSignal_whenNobodyAwaitsItOrItIsNotSuchASignal() {
    // given
    Rehearsal trip = Rehearsal.started(definition());
    // when, then
    assertThat(trip.signal("hotel", "1").verdict()).isInstanceOf(Verdict.Refused.class);
    assertThat(trip.signal("approval/ann", "1").verdict()).isInstanceOf(Verdict.Refused.class);
    assertThat(trip.signal("approval", "1", "[]").verdict()).isInstanceOf(Verdict.Refused.class);
    assertThat(trip.state().core().blocks()).isEmpty();
  }

  @Test
  void shouldStandStill_whenItPauses() {
    // given
    SagaDefinition<Trip> definition =
        Trips.undoable(
                Trips.undoable(Trips.head(), "hotel", Trips.HOTEL).pause("night", ofMinutes(1)),
                "flight",
                Trips.FLIGHT)
            .build();
    Rehearsal trip = Rehearsal.started(definition);
    // when
    trip.succeed("hotel");
    trip.fire();
    // then
    assertThat(trip.sent()).containsExactly("hotel");
    // when
    trip.wake();
    // then
    assertThat(trip.sent()).containsExactly("hotel", "flight");
  }

  @Test
  void shouldTurnBackAtItsDeadline_whenItWaits() {
    // given
    Rehearsal trip = Rehearsal.started(definition());
    trip.tick(ofMinutes(4));
    trip.succeed("hotel");
    // when
    trip.wake();
    // then
    assertThat(((SagaState.Compensating) trip.state()).cause())
        .isEqualTo(CompensationCause.DEADLINE_PASSED);
  }

  /** It can't take an approval by nobody. */
  private static Trip strict(Trip trip, Approved approved) {
    if (approved.by().equals("nobody")) {
      throw new IllegalStateException("approved by nobody");
    }
    return approved(trip, approved);
  }

  private static SagaDefinition<Trip> strictly() {
    return Trips.undoable(
            Trips.undoable(Trips.head(), "hotel", Trips.HOTEL)
                .await("approval", Approved.class, ofMinutes(2), AwaitTest::strict),
            "flight",
            Trips.FLIGHT)
        .build();
  }

  private static String by(String name) {
    return Rehearsal.CODEC.encode(new Approved(name));
  }

  @Test
  void shouldRefuseASignal_whenItCannotBeFoldedWhereTheStoryWaits() {
    // given
    Rehearsal trip = Rehearsal.started(strictly());
    trip.succeed("hotel");
    // when
    Decision refused = trip.signal("approval", "1", by("nobody"));
    // then
    assertThat(refused.verdict()).isInstanceOf(Verdict.Refused.class);
    // when
    trip.signal("approval", "2", by("ann"));
    // then
    assertThat(trip.sent()).containsExactly("hotel", "flight");
  }

  @Test
  void shouldTakeAnotherSignal_whenOneThatCameEarlyHasParkedTheSaga() {
    // given
    Rehearsal trip = Rehearsal.started(strictly());
    trip.signal("approval", "1", by("nobody"));
    trip.succeed("hotel");
    assertThat(trip.status()).isEqualTo(SagaStatus.PARKED);
    assertThat(trip.signal("approval", "1", by("nobody")).verdict())
        .isEqualTo(new Verdict.Ignored(IgnoreReason.REPEATED_SIGNAL));
    // when
    trip.signal("approval", "2", by("ann"));
    trip.resume();
    // then
    assertThat(trip.sent()).containsExactly("hotel", "flight");
  }

  @Test
  void shouldRefuseASignal_whenTheKeptOnesWouldBeTooLarge() {
    // given: two to be awaited, each of more than half of what a saga keeps
    Rehearsal trip =
        Rehearsal.started(
            Trips.undoable(
                    Trips.undoable(Trips.head(), "hotel", Trips.HOTEL)
                        .await("approval", Approved.class, ofMinutes(2), AwaitTest::approved)
                        .await("seal", Approved.class, ofMinutes(2), AwaitTest::approved),
                    "flight",
                    Trips.FLIGHT)
                .build());
    String half = by("x".repeat(UserCode.MAX_PAYLOAD_BYTES / 2));
    // when, then
    assertThat(trip.signal("approval", "1", half).verdict()).isEqualTo(new Verdict.Applied());
    assertThat(trip.signal("seal", "2", half).verdict()).isInstanceOf(Verdict.Refused.class);
  }

  @Test
  void shouldIssueNothingMore_whenAPauseIsOverAndASignalHasNotComeInTime() {
    // given
    for (boolean pauseFirst : new boolean[] {true, false}) {
      Rehearsal trip = Rehearsal.started(pauseBeside(pauseFirst));
      trip.succeed("hotel");
      // when
      trip.wake();
      // then
      assertThat(trip.status()).isEqualTo(SagaStatus.COMPENSATING);
      assertThat(trip.commands("taxi", Phase.ACTION)).isEmpty();
    }
  }

  /** A pause with a taxi behind it, and as long a wait for an approval. */
  private static SagaDefinition<Trip> pauseBeside(boolean pauseFirst) {
    UnaryOperator<Saga.BeforePivot<Trip>> pause =
        p -> p.inOrder(q -> Trips.undoable(q.pause("nap", ofMinutes(2)), "taxi", Trips.HOTEL));
    UnaryOperator<Saga.BeforePivot<Trip>> await =
        p -> p.await("approval", Approved.class, ofMinutes(2), AwaitTest::approved);
    return Trips.undoable(
            Trips.undoable(Trips.head(), "hotel", Trips.HOTEL)
                .parallel(
                    "both",
                    p -> pauseFirst ? await.apply(pause.apply(p)) : pause.apply(await.apply(p))),
            "flight",
            Trips.FLIGHT)
        .build();
  }
}
