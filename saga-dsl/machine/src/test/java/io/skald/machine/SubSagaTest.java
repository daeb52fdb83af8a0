package io.skald.machine;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static org.assertj.core.api.Assertions.assertThat;

import io.skald.machine.JournalEntry.ChildReleased;
import io.skald.machine.JournalEntry.InputIgnored;
import io.skald.machine.JournalEntry.ParentAnswered;
import io.skald.machine.JournalEntry.StepSucceeded;
import io.skald.machine.Trips.Do;
import io.skald.machine.Trips.Trip;
import io.skald.saga.Saga;
import io.skald.saga.SagaDefinition;
import io.skald.saga.message.Outcome;
import io.skald.saga.message.Phase;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.StepName;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A step that is a saga of its own: the child's failure is the step's failure, and a parent that
 * turns back undoes the child that is finished.
 */
class SubSagaTest {

  private Family family = new Family(parent(), car(), guide());
  private SagaId parent = family.parent();
  private SagaId car = parent;

  /** hotel; then the car, a saga; payment; then the guide, a saga that may stay. */
  private static SagaDefinition<Trip> parent() {
    return Trips.undoable(
            Saga.define("trip", 1, Trip.class).startedByApi().deadline(ofDays(9)),
            "hotel",
            Trips.HOTEL)
        .subSaga("car", car(), trip -> Trip.named(trip.id() + "'s car"))
        .timeout(ofHours(10))
        .onEnd((trip, child) -> new Trip(trip.id(), child.receipts()))
        .pivot("payment", Trips.BANK, Do.class, t -> new Do(t.id(), "payment"))
        .retry(Trips.THRICE)
        .subSaga("guide", guide(), trip -> Trip.named("guide"))
        .build();
  }

  private static SagaDefinition<Trip> car() {
    return Trips.undoable(
            Trips.undoable(
                Saga.define("car", 1, Trip.class).startedByApi().deadline(ofHours(9)),
                "rent",
                Trips.FLIGHT),
            "insure",
            Trips.BANK)
        .build();
  }

  private static SagaDefinition<Trip> guide() {
    return Trips.undoable(Saga.define("guide", 1, Trip.class).startedByApi(), "meet", Trips.HOTEL)
        .pivot("tip", Trips.BANK, Do.class, t -> new Do(t.id(), "tip"))
        .retry(Trips.THRICE)
        .build();
  }

  @BeforeEach
  void runUntilTheCar() {
    family.succeed(parent, "hotel");
    car = family.child("car");
  }

  private void finishTheCar() {
    family.succeed(car, "rent");
    family.succeed(car, "insure");
  }

  private void runUntilTheGuide() {
    finishTheCar();
    family.succeed(parent, "payment");
  }

  /** Seed 114048 of the simulation: the child was held for ever. */
  @Test
  void shouldLetTheChildGo_whenAnOperatorTakesItsUndoingForDone() {
    // given: the wish to undo it is lost
    finishTheCar();
    family.holdBack();
    family.reject(parent, "payment");
    family.lose();
    // when
    family.give(
        parent,
        new Input.SkipRequested(
            family.cause(), new StepName("car"), Phase.COMPENSATION, "null", "bob", "by hand"));
    family.deliver();
    // then
    assertThat(family.status(car)).isEqualTo(SagaStatus.COMPLETED);
  }

  /**
   * Seed 572612 of the simulation: the release came before the start, which was sent again later.
   */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldLetTheChildGo_whenItAnswersAParentThatHasEnded(boolean isParentDeployed) {
    // given
    family.holdBack();
    family.abort(parent);
    family.lose();
    family.deliver();
    if (!isParentDeployed) {
      family.undeploy("trip");
    }
    // when
    finishTheCar();
    // then
    assertThat(family.status(car)).isEqualTo(SagaStatus.COMPLETED);
  }

  // --- forward

  @Test
  void shouldStartTheChildAsASagaOfItsOwn_whenTheStoryComesToIt() {
    SagaCore child = family.state(car).core();
    assertThat(child.id()).isNotEqualTo(parent);
    assertThat(child.definition()).isEqualTo("car");
    assertThat(child.key()).isEqualTo("T-1/car");
    assertThat(child.data()).contains("T-1's car");
    assertThat(child.parent().orElseThrow().saga()).isEqualTo(parent);
    assertThat(family.commands(car)).containsExactly("rent");
    assertThat(family.commands(parent)).containsExactly("hotel", "car");
  }

  @Test
  void shouldHoldTheChildAndGoOn_whenTheChildsStoryIsDone() {
    // when
    finishTheCar();
    // then
    assertThat(family.status(car)).isEqualTo(SagaStatus.HELD);
    assertThat(family.state(car).nextDueAt()).isEmpty();
    assertThat(family.commands(parent)).containsExactly("hotel", "car", "payment");
    assertThat(family.entries(parent, StepSucceeded.class).getLast().data().orElseThrow())
        .contains("receipt of rent", "receipt of insure");
  }

  @Test
  void shouldReleaseTheChild_whenTheParentCompletes() {
    // given
    runUntilTheGuide();
    assertThat(family.status(car)).isEqualTo(SagaStatus.HELD);
    // when
    family.succeed(family.child("guide"), "meet");
    family.succeed(family.child("guide"), "tip");
    // then
    assertThat(family.status(parent)).isEqualTo(SagaStatus.COMPLETED);
    assertThat(family.status(car)).isEqualTo(SagaStatus.COMPLETED);
    assertThat(family.entries(parent, ChildReleased.class)).hasSize(1);
  }

  @Test
  void shouldNotHoldTheChild_whenItIsBehindThePivot() {
    // given
    runUntilTheGuide();
    SagaId guide = family.child("guide");
    // when
    family.succeed(guide, "meet");
    family.succeed(guide, "tip");
    // then
    assertThat(family.status(guide)).isEqualTo(SagaStatus.COMPLETED);
    assertThat(family.status(parent)).isEqualTo(SagaStatus.COMPLETED);
  }

  // --- the child's failure is the step's

  @Test
  void shouldTurnBack_whenTheChildTurnsBackByItself() {
    // given
    family.succeed(car, "rent");
    // when
    family.reject(car, "insure");
    // then
    assertThat(family.status(parent)).isEqualTo(SagaStatus.RUNNING);
    // when
    family.undo(car, "rent");
    // then
    assertThat(family.status(car)).isEqualTo(SagaStatus.COMPENSATED);
    assertThat(family.status(parent)).isEqualTo(SagaStatus.COMPENSATING);
    assertThat(family.commands(parent)).containsExactly("hotel", "car", "-hotel");
    assertThat(((SagaState.Compensating) family.state(parent)).problem().orElseThrow().message())
        .contains("says insure");
  }

  @Test
  void shouldPark_whenAChildBehindThePivotTurnsBack() {
    // given
    runUntilTheGuide();
    // when
    family.reject(family.child("guide"), "meet");
    // then
    assertThat(family.status(family.child("guide"))).isEqualTo(SagaStatus.COMPENSATED);
    assertThat(family.status(parent)).isEqualTo(SagaStatus.PARKED);
    assertThat(family.status(car)).isEqualTo(SagaStatus.HELD);
  }

  @Test
  void shouldTryAgainAndThenTurnBack_whenTheChildIsAborted() {
    // when
    family.abort(car);
    // then: the same child is asked again, and again; then it is to be undone, and can't be.
    assertThat(family.state(parent).core().openSteps(Phase.ACTION)).hasSize(1);
    while (family
        .state(parent)
        .core()
        .step(family.state(parent).core().steps().get(1).name())
        .orElseThrow()
        .compensation()
        .isEmpty()) {
      family.wake(parent);
    }
    assertThat(family.status(car)).isEqualTo(SagaStatus.ABORTED);
    assertThat(family.commands(parent)).contains("-car").doesNotContain("-hotel");
    while (family.status(parent) == SagaStatus.COMPENSATING) {
      family.wake(parent);
    }
    assertThat(family.status(parent)).isEqualTo(SagaStatus.PARKED);
  }

  @Test
  void shouldWait_whenTheChildIsParked() {
    // given
    family.succeed(car, "rent");
    family.reject(car, "insure");
    while (family.status(car) == SagaStatus.COMPENSATING) {
      family.wake(car);
    }
    assertThat(family.status(car)).isEqualTo(SagaStatus.PARKED);
    assertThat(family.status(parent)).isEqualTo(SagaStatus.RUNNING);
    // when
    family.resume(car);
    family.undo(car, "rent");
    // then
    assertThat(family.commands(parent)).containsExactly("hotel", "car", "-hotel");
  }

  // --- the parent turns back

  @Test
  void shouldUndoTheFinishedChildFirst_whenTheParentTurnsBack() {
    // given
    finishTheCar();
    // when
    family.reject(parent, "payment");
    // then
    assertThat(family.status(car)).isEqualTo(SagaStatus.COMPENSATING);
    assertThat(family.commands(car)).containsExactly("rent", "insure", "-insure");
    assertThat(family.commands(parent)).containsExactly("hotel", "car", "payment", "-car");
    // when
    family.undo(car, "insure");
    family.undo(car, "rent");
    // then
    assertThat(family.status(car)).isEqualTo(SagaStatus.COMPENSATED);
    assertThat(family.commands(parent)).endsWith("-car", "-hotel");
    // when
    family.undo(parent, "hotel");
    // then
    assertThat(family.status(parent)).isEqualTo(SagaStatus.COMPENSATED);
    assertThat(family.entries(parent, ChildReleased.class)).isEmpty();
  }

  @Test
  void shouldTurnTheRunningChildBack_whenTheParentIsCancelled() {
    // when
    family.cancel(parent);
    // then
    SagaState.Compensating back = (SagaState.Compensating) family.state(car);
    assertThat(back.cause()).isEqualTo(CompensationCause.PARENT_TURNED_BACK);
    assertThat(family.commands(car)).containsExactly("rent", "-rent");
    // when
    family.undo(car, "rent");
    // then
    assertThat(family.status(car)).isEqualTo(SagaStatus.COMPENSATED);
    assertThat(family.commands(parent)).endsWith("-car", "-hotel");
  }

  @Test
  void shouldTurnTheParkedChildBack_whenTheParentIsCancelled() {
    // given
    family.succeed(car, "rent");
    family.reject(car, "insure");
    while (family.status(car) != SagaStatus.PARKED) {
      family.wake(car);
    }
    // when
    family.cancel(parent);
    family.resume(car);
    family.undo(car, "rent");
    // then
    assertThat(family.status(car)).isEqualTo(SagaStatus.COMPENSATED);
    assertThat(family.entries(car, ParentAnswered.class).getLast().to().phase())
        .isEqualTo(Phase.COMPENSATION);
    assertThat(family.commands(parent)).endsWith("-car", "-hotel");
  }

  @Test
  void shouldAnswerForTheUndoing_whenTheChildTurnsBackAlready() {
    // given
    family.succeed(car, "rent");
    family.reject(car, "insure");
    // when
    family.cancel(parent);
    family.undo(car, "rent");
    // then
    assertThat(family.entries(car, ParentAnswered.class))
        .singleElement()
        .satisfies(
            answer -> {
              assertThat(answer.to().phase()).isEqualTo(Phase.COMPENSATION);
              assertThat(answer.outcome()).isEqualTo(Outcome.SUCCEEDED);
            });
    assertThat(family.commands(parent)).endsWith("-car", "-hotel");
  }

  @Test
  void shouldAnswerAgain_whenTheChildIsUndoneAlready() {
    // given
    family.holdBack();
    family.cancel(parent);
    family.deliver();
    family.holdBack();
    family.undo(car, "rent");
    family.lose();
    // when
    family.wake(parent); // The answer did not come.
    family.wake(parent); // It is asked again.
    family.deliver();
    // then
    assertThat(family.status(car)).isEqualTo(SagaStatus.COMPENSATED);
    assertThat(family.commands(parent)).endsWith("-car", "-car", "-hotel");
  }

  @Test
  void shouldLeaveATombstone_whenTheStartComesAfterTheUndoing() {
    // given
    family = new Family(parent(), car(), guide());
    family.holdBack();
    family.succeed(parent, "hotel");
    family.lose();
    // when
    family.cancel(parent);
    family.deliver();
    // then
    car = family.child("car");
    assertThat(family.status(car)).isEqualTo(SagaStatus.COMPENSATED);
    assertThat(family.commands(parent)).containsExactly("hotel", "car", "-car", "-hotel");
    // when
    family.deliverAllAgain();
    // then
    assertThat(family.status(car)).isEqualTo(SagaStatus.COMPENSATED);
    assertThat(family.commands(car)).isEmpty();
  }

  @Test
  void shouldChangeNothing_whenAllThatWasSaidComesAgain() {
    // given
    finishTheCar();
    family.reject(parent, "payment");
    family.undo(car, "insure");
    family.undo(car, "rent");
    family.undo(parent, "hotel");
    // when
    family.deliverAllAgain();
    // then
    assertThat(family.status(parent)).isEqualTo(SagaStatus.COMPENSATED);
    assertThat(family.status(car)).isEqualTo(SagaStatus.COMPENSATED);
    assertThat(family.commands(car)).containsExactly("rent", "insure", "-insure", "-rent");
  }

  // --- asked again

  @Test
  void shouldAnswerWithThatAttempt_whenAHeldChildIsStartedAgain() {
    // given
    family.holdBack();
    finishTheCar();
    family.lose();
    // when
    family.wake(parent); // The answer did not come in time.
    family.wake(parent);
    family.deliver();
    // then
    assertThat(family.entries(car, ParentAnswered.class))
        .extracting(answer -> answer.to().attempt())
        .containsExactly(1, 2);
    assertThat(family.entries(car, InputIgnored.class))
        .extracting(InputIgnored::reason)
        .containsExactly(IgnoreReason.REPEATED_START);
    assertThat(family.commands(parent)).endsWith("car", "car", "payment");
    assertThat(family.status(car)).isEqualTo(SagaStatus.HELD);
  }

  @Test
  void shouldBeRefusedAgain_whenARefusedChildIsStartedAgain() {
    // given
    family.holdBack();
    family.reject(car, "rent");
    family.lose();
    // when
    family.wake(parent);
    family.wake(parent);
    family.deliver();
    // then
    assertThat(family.entries(parent, JournalEntry.StepRejected.class))
        .extracting(JournalEntry.StepRejected::attempt)
        .containsExactly(2);
    assertThat(family.commands(parent)).endsWith("car", "car", "-hotel");
    assertThat(family.commands(car)).containsExactly("rent");
  }

  @Test
  void shouldAnswerAgain_whenACompletedChildIsStartedAgain() {
    // given
    runUntilTheGuide();
    SagaId guide = family.child("guide");
    family.succeed(guide, "meet");
    family.holdBack();
    family.succeed(guide, "tip");
    family.lose();
    // when
    family.wake(parent);
    family.wake(parent);
    family.deliver();
    // then
    assertThat(family.status(guide)).isEqualTo(SagaStatus.COMPLETED);
    assertThat(family.status(parent)).isEqualTo(SagaStatus.COMPLETED);
  }

  @Test
  void shouldFailThatAttempt_whenARunningChildWasStartedAgainAndIsAborted() {
    // given
    family = new Family(parent(), car(), guide());
    family.succeed(parent, "hotel");
    family.wake(parent);
    family.wake(parent);
    assertThat(family.commands(parent)).containsExactly("hotel", "car", "car");
    // when
    family.abort(family.child("car"));
    // then
    assertThat(family.entries(parent, JournalEntry.AttemptFailed.class)).hasSize(1);
  }

  @Test
  void shouldRefuseAnotherParent_whenItAsksForTheSameChild() {
    // when
    SagaId stranger = SagaId.forKey("other", "X");
    ParentLink link =
        new ParentLink(
            stranger,
            "X",
            family.state(car).core().parent().orElseThrow().step(),
            true,
            Phase.ACTION,
            1);
    family.holdBack();
    Decision again = family.give(car, new Input.StartRequested("s", car, "T-1/car", "{}").of(link));
    Decision undo = family.give(car, new Input.UndoRequested("u", car, "T-1/car", "{}", link));
    // then
    assertThat(again.transition().orElseThrow().entries().getFirst())
        .isInstanceOfSatisfying(
            ParentAnswered.class, answer -> assertThat(answer.outcome()).isEqualTo(Outcome.FAILED));
    assertThat(undo.verdict()).isEqualTo(new Verdict.Ignored(IgnoreReason.NOT_ITS_PARENT));
    assertThat(family.status(car)).isEqualTo(SagaStatus.RUNNING);
  }

  // --- people

  @Test
  void shouldReleaseAllThatMayHaveHappened_whenTheParentIsAborted() {
    // given: the child is still under way.
    family.abort(parent);
    // when
    finishTheCar();
    // then
    assertThat(family.status(car)).isEqualTo(SagaStatus.COMPLETED);
  }

  @Test
  void shouldCompleteTheHeldChild_whenTheParentIsAborted() {
    // given
    finishTheCar();
    // when
    family.abort(parent);
    // then
    assertThat(family.status(car)).isEqualTo(SagaStatus.COMPLETED);
  }

  @Test
  void shouldLeaveTheHeldChildToItsParent_whenSomebodyAsksForSomethingElse() {
    finishTheCar();
    for (Input input :
        List.of(
            new Input.CancelRequested("c", "ann", "no"),
            new Input.RetryRequested("r", "ann", "no"),
            new Input.SkipRequested(
                "s",
                family.state(car).core().steps().getFirst().name(),
                Phase.ACTION,
                "{}",
                "a",
                "no"))) {
      assertThat(family.give(car, input).verdict())
          .isEqualTo(new Verdict.Ignored(IgnoreReason.HELD));
    }
    assertThat(family.resume(car).verdict())
        .isEqualTo(new Verdict.Ignored(IgnoreReason.NOT_PARKED));
    assertThat(family.status(car)).isEqualTo(SagaStatus.HELD);
  }

  @Test
  void shouldGoOnWithoutTheChild_whenTheStepIsSkipped() {
    // when
    family.give(
        parent,
        new Input.SkipRequested(
            "s",
            family.state(parent).core().steps().get(1).name(),
            Phase.ACTION,
            Rehearsal.CODEC.encode(Trip.named("by hand")),
            "bob",
            "by hand"));
    // then
    assertThat(family.commands(parent)).endsWith("payment");
    // when
    family.succeed(parent, "payment");
    family.succeed(family.child("guide"), "meet");
    family.succeed(family.child("guide"), "tip");
    finishTheCar();
    // then: released while it was under way, it ends by itself.
    assertThat(family.status(parent)).isEqualTo(SagaStatus.COMPLETED);
    assertThat(family.status(car)).isEqualTo(SagaStatus.COMPLETED);
  }

  @Test
  void shouldIgnoreARelease_whenTheChildIsNotHeldAnyMore() {
    // given
    family.abort(parent);
    // then
    assertThat(family.give(car, new Input.ReleaseRequested("r")).verdict())
        .isEqualTo(new Verdict.Ignored(IgnoreReason.NOT_HELD));
    assertThat(family.status(car)).isEqualTo(SagaStatus.RUNNING);
    // when
    family.cancel(car);
    // then
    assertThat(family.give(car, new Input.ReleaseRequested("r")).verdict())
        .isEqualTo(new Verdict.Ignored(IgnoreReason.TURNED_BACK));
  }

  // --- children of children

  private static SagaDefinition<Trip> grandparent() {
    return Trips.undoable(
            Saga.define("tour", 1, Trip.class)
                .startedByApi()
                .subSaga("leg", leg(), trip -> Trip.named("leg"))
                .timeout(ofHours(10)),
            "fee",
            Trips.BANK)
        .build();
  }

  private static SagaDefinition<Trip> leg() {
    return Saga.define("leg", 1, Trip.class)
        .startedByApi()
        .subSaga("car", car(), trip -> Trip.named("car"))
        .timeout(ofHours(10))
        .build();
  }

  private SagaId runUntilTheFee() {
    family = new Family(grandparent(), leg(), car());
    parent = family.parent();
    SagaId leg = family.child("leg");
    car = family.child(leg, "car");
    finishTheCar();
    assertThat(family.status(leg)).isEqualTo(SagaStatus.HELD);
    assertThat(family.status(car)).isEqualTo(SagaStatus.HELD);
    assertThat(family.commands(parent)).containsExactly("leg", "fee");
    return leg;
  }

  @Test
  void shouldReleaseAllGenerations_whenTheEldestCompletes() {
    // given
    SagaId leg = runUntilTheFee();
    // when
    family.succeed(parent, "fee");
    // then
    assertThat(family.status(parent)).isEqualTo(SagaStatus.COMPLETED);
    assertThat(family.status(leg)).isEqualTo(SagaStatus.COMPLETED);
    assertThat(family.status(car)).isEqualTo(SagaStatus.COMPLETED);
  }

  @Test
  void shouldUndoAllGenerations_whenTheEldestTurnsBack() {
    // given
    SagaId leg = runUntilTheFee();
    // when
    family.reject(parent, "fee");
    family.undo(car, "insure");
    family.undo(car, "rent");
    // then
    assertThat(family.status(car)).isEqualTo(SagaStatus.COMPENSATED);
    assertThat(family.status(leg)).isEqualTo(SagaStatus.COMPENSATED);
    assertThat(family.status(parent)).isEqualTo(SagaStatus.COMPENSATED);
  }

  // --- time

  @Test
  void shouldTurnBackWithTheChild_whenTheParentsDeadlinePasses() {
    // given
    finishTheCar();
    family = new Family(parent(), car(), guide());
    family.succeed(parent, "hotel");
    car = family.child("car");
    // when
    while (family.status(parent) == SagaStatus.RUNNING) {
      family.wake(parent);
    }
    // then
    assertThat(((SagaState.Compensating) family.state(parent)).cause())
        .isIn(CompensationCause.DEADLINE_PASSED, CompensationCause.STEP_GIVEN_UP);
    assertThat(family.status(car)).isEqualTo(SagaStatus.COMPENSATING);
  }

  @Test
  void shouldTurnBack_whenTheChildsOwnDeadlinePasses() {
    // when
    while (family.status(car) == SagaStatus.RUNNING) {
      family.wake(car);
    }
    family.undo(car, "rent");
    // then
    assertThat(((SagaState.Compensated) family.state(car)).cause())
        .isIn(CompensationCause.DEADLINE_PASSED, CompensationCause.STEP_GIVEN_UP);
    assertThat(family.commands(parent)).endsWith("-hotel").doesNotContain("-car");
  }

  // --- missing definitions

  @Test
  void shouldGoBackOnceItsDefinitionIsThere_whenAHeldChildIsToBeUndone() {
    // given
    finishTheCar();
    SagaDefinition<?> missing = family.undeploy("car");
    // when
    family.reject(parent, "payment");
    // then
    assertThat(((SagaState.Parked) family.state(car)).reason())
        .isEqualTo(ParkReason.DEFINITION_MISSING);
    // when
    family.deploy(missing);
    family.resume(car);
    family.undo(car, "insure");
    family.undo(car, "rent");
    // then
    assertThat(family.commands(parent)).endsWith("-car", "-hotel");
  }

  @Test
  void shouldComplete_whenAHeldChildIsReleasedWithoutItsDefinition() {
    // given
    finishTheCar();
    family.undeploy("car");
    // when
    family.abort(parent);
    // then
    assertThat(family.status(car)).isEqualTo(SagaStatus.COMPLETED);
  }

  @Test
  void shouldReleaseTheChild_whenTheParentIsAbortedWithoutItsDefinition() {
    // given
    finishTheCar();
    family.undeploy("trip");
    // when
    family.abort(parent);
    // then
    assertThat(family.status(car)).isEqualTo(SagaStatus.COMPLETED);
  }
}
