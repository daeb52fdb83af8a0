package io.skald.machine;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.skald.machine.Trips.Trip;
import io.skald.saga.SagaDefinition;
import io.skald.saga.message.Phase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Branches run side by side, the join waits for all, and all of them go back side by side. */
class ParallelTest {

  private Rehearsal trip = new Rehearsal(Trips.trip());

  /** hotel; then flight, car and two steps that follow each other, side by side; then dinner. */
  private static SagaDefinition<Trip> definition() {
    return Trips.undoable(
            Trips.undoable(Trips.head(), "hotel", Trips.HOTEL)
                .parallel(
                    "travel",
                    p ->
                        Trips.undoable(Trips.undoable(p, "flight", Trips.FLIGHT), "car", Trips.BANK)
                            .inOrder(
                                tour ->
                                    Trips.undoable(
                                        Trips.undoable(tour, "guide", Trips.HOTEL),
                                        "museum",
                                        Trips.HOTEL))),
            "dinner",
            Trips.HOTEL)
        .build();
  }

  @BeforeEach
  void runUntilTravel() {
    trip = Rehearsal.started(definition());
    trip.succeed("hotel");
  }

  @Test
  void shouldIssueAllBranchesAtOnce_whenTheStoryComesToThem() {
    assertThat(trip.sent()).containsExactly("hotel", "flight", "car", "guide");
  }

  @Test
  void shouldWaitForAllBranches_whenSomeAreDone() {
    // when
    trip.succeed("car");
    trip.succeed("guide");
    trip.succeed("flight");
    // then
    assertThat(trip.sent()).containsExactly("hotel", "flight", "car", "guide", "museum");
    // when
    trip.succeed("museum");
    // then
    assertThat(trip.sent()).endsWith("museum", "dinner");
  }

  @Test
  void shouldFoldRepliesOneAtATime_whenBranchesAnswer() {
    // when
    trip.succeed("car");
    trip.succeed("flight");
    // then
    assertThat(trip.data().receipts())
        .containsExactly("receipt of hotel", "receipt of car", "receipt of flight");
  }

  @Test
  void shouldLetSiblingsSettleFirst_whenABranchIsRefused() {
    // given
    trip.succeed("flight");
    // when
    trip.reject("car");
    // then
    assertThat(trip.status()).isEqualTo(SagaStatus.COMPENSATING);
    assertThat(trip.sent()).doesNotContain("-flight", "-hotel");
    // when
    trip.succeed("guide");
    // then
    assertThat(trip.sent()).endsWith("guide", "-flight", "-guide").doesNotContain("museum", "-car");
    assertThat(trip.data().receipts()).contains("receipt of guide");
  }

  @Test
  void shouldUndoWhatNobodyKnows_whenASiblingDoesNotSettleInTime() {
    // when
    trip.reject("car");
    trip.succeed("flight");
    trip.wake();
    // then
    assertThat(trip.step("guide").action()).isInstanceOf(PhaseState.Unknown.class);
    assertThat(trip.commands("guide", Phase.ACTION)).hasSize(1);
    assertThat(trip.sent()).endsWith("-flight", "-guide");
  }

  @Test
  void shouldNotTryASiblingAgain_whenItWaitsForARetry() {
    // given
    trip.fail("guide");
    trip.succeed("flight");
    // when
    trip.reject("car");
    // then
    assertThat(trip.sent()).endsWith("guide", "-flight", "-guide");
  }

  @Test
  void shouldNotUndoASibling_whenItIsRefusedToo() {
    // when
    trip.reject("car");
    trip.reject("guide");
    trip.succeed("flight");
    // then
    assertThat(trip.sent()).endsWith("guide", "-flight");
  }

  @Test
  void shouldUndoBranchesSideBySideAndWhatWasBeforeLast_whenItGoesBack() {
    // given
    trip.succeed("flight");
    trip.succeed("guide");
    trip.succeed("car");
    trip.succeed("museum");
    // when
    trip.reject("dinner");
    // then
    assertThat(trip.sent()).endsWith("dinner", "-flight", "-car", "-museum");
    // when
    trip.undo("museum");
    trip.undo("flight");
    trip.undo("car");
    // then
    assertThat(trip.sent()).endsWith("-museum", "-guide");
    // when
    trip.undo("guide");
    trip.undo("hotel");
    // then
    assertThat(trip.status()).isEqualTo(SagaStatus.COMPENSATED);
  }

  @Test
  void shouldNotWaitForAnswers_whenItIsCancelled() {
    // when
    trip.cancel();
    // then
    assertThat(trip.sent()).endsWith("guide", "-flight", "-car", "-guide");
  }

  @Test
  void shouldTimeOutAllThatIsDue_whenItIsWokenLate() {
    // given
    trip.tick(ofSeconds(11));
    // when
    trip.fire();
    // then
    assertThat(trip.entries(JournalEntry.AttemptTimedOut.class)).hasSize(3);
  }

  @Test
  void shouldIssueAllAgain_whenAParkedSagaIsResumed() {
    // given
    trip.succeed("flight");
    trip.succeed("car");
    trip.reject("guide");
    trip.timeOut("flight", Phase.COMPENSATION);
    assertThat(trip.status()).isEqualTo(SagaStatus.PARKED);
    // when
    trip.resume();
    // then
    assertThat(trip.commands("flight", Phase.COMPENSATION).getLast().attempts().used()).isOne();
    assertThat(trip.commands("car", Phase.COMPENSATION).getLast().attempts().used()).isOne();
    assertThat(trip.sent()).endsWith("-flight", "-car");
  }
}
