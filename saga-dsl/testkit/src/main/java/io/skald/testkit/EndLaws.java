package io.skald.testkit;

import io.skald.machine.JournalEntry.CommandIssued;
import io.skald.machine.JournalEntry.StepCompensated;
import io.skald.machine.JournalEntry.StepSucceeded;
import io.skald.machine.ParkReason;
import io.skald.machine.PhaseState;
import io.skald.machine.SagaState;
import io.skald.machine.StepState;
import io.skald.saga.StepKind;
import io.skald.saga.message.Phase;
import io.skald.saga.message.StepName;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The laws of a saga that has come to rest, held against its journal and what really happened. */
final class EndLaws<D> {

  private final SagaRun<D> saga;
  private final ModelParticipants participants;

  EndLaws(SagaRun<D> saga, ModelParticipants participants) {
    this.saga = saga;
    this.participants = participants;
  }

  void check() {
    settledOnce(saga.entries(StepSucceeded.class).stream().map(StepSucceeded::step).toList());
    settledOnce(saga.entries(StepCompensated.class).stream().map(StepCompensated::step).toList());
    switch (saga.state()) {
      case SagaState.Completed completed -> wentForward(true);
      case SagaState.Compensated compensated -> wentBack();
      case SagaState.Parked parked when parked.reason() == ParkReason.STEP_REJECTED ->
          wentForward(false);
      case SagaState state ->
          throw new Broken(
              Law.NO_REST,
              "Expected it to end COMPLETED or COMPENSATED, but it is " + state.status());
    }
    CompensationOrder.check(saga.journal());
  }

  private static void settledOnce(List<StepName> settled) {
    Set<StepName> seen = new HashSet<>();
    for (StepName step : settled) {
      Broken.unless(seen.add(step), Law.SETTLED_TWICE, "Step '" + step + "' settled twice");
    }
  }

  private void wentForward(boolean completed) {
    for (StepState step : saga.state().core().steps()) {
      boolean refused = step.action() instanceof PhaseState.Rejected;
      Broken.unless(
          !refused || !completed,
          Law.WRONG_EFFECTS,
          "The saga is COMPLETED, but step '" + step.name() + "' was refused");
      expectEffects(step.name(), refused ? 0 : 1, 0);
    }
    List<CommandIssued> back =
        saga.commands().stream().filter(c -> c.phase() == Phase.COMPENSATION).toList();
    Broken.unless(
        back.isEmpty(), Law.BACK_PAST_PIVOT, "Expected no compensation, but found " + back);
  }

  private void wentBack() {
    for (StepState step : saga.state().core().steps()) {
      StepName name = step.name();
      int done = participants.done(name);
      if (step.kind() != StepKind.COMPENSATABLE) {
        expectEffects(name, 0, 0);
      } else if (saga.definitionOf(name).compensation().isPresent()) {
        Broken.unless(
            !step.mayHaveHappened(),
            Law.NOT_COMPENSATED,
            "Step '" + name + "' may have happened, but was not compensated");
        Broken.unless(
            done <= 1,
            Law.WRONG_EFFECTS,
            "Expected step '" + name + "' to be done at most once, but found " + done);
        expectEffects(name, done, done);
      }
    }
  }

  private void expectEffects(StepName step, int done, int undone) {
    Broken.unless(
        participants.done(step) == done && participants.undone(step) == undone,
        Law.WRONG_EFFECTS,
        "Expected step '%s' to be done %d and undone %d times in a saga that is %s, but found %d and %d"
            .formatted(
                step,
                done,
                undone,
                saga.state().status(),
                participants.done(step),
                participants.undone(step)));
  }
}
