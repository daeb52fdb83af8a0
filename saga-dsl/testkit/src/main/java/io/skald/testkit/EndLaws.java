package io.skald.testkit;

import io.skald.machine.JournalEntry;
import io.skald.machine.JournalEntry.CommandIssued;
import io.skald.machine.JournalEntry.ItemsTaken;
import io.skald.machine.JournalEntry.SignalTaken;
import io.skald.machine.JournalEntry.StepCompensated;
import io.skald.machine.JournalEntry.StepSucceeded;
import io.skald.machine.JournalEntry.WayChosen;
import io.skald.machine.PhaseState;
import io.skald.machine.SagaState;
import io.skald.machine.StepState;
import io.skald.saga.StepKind;
import io.skald.saga.message.Phase;
import io.skald.saga.message.StepName;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** The laws of a saga that has come to rest, held against its journal and what really happened. */
final class EndLaws<D> {

  private final SagaRun<D> saga;
  private final ModelParticipants participants;
  private final Signals signals;
  private final StoryOrder story;

  EndLaws(SagaRun<D> saga, ModelParticipants participants, Signals signals, StoryOrder story) {
    this.saga = saga;
    this.participants = participants;
    this.signals = signals;
    this.story = story;
  }

  void check() {
    settledOnce(StepSucceeded.class, StepSucceeded::step);
    settledOnce(StepCompensated.class, StepCompensated::step);
    settledOnce(WayChosen.class, WayChosen::block);
    settledOnce(ItemsTaken.class, ItemsTaken::block);
    settledOnce(SignalTaken.class, SignalTaken::block);
    switch (saga.state()) {
      case SagaState.Completed completed -> completed(completed);
      case SagaState.Compensated compensated -> wentBack();
      case SagaState.Parked parked when signals.isStuck(parked) -> wentForward();
      case SagaState state ->
          throw new Broken(
              Law.NO_REST,
              "Expected it to end COMPLETED or COMPENSATED, but it is " + state.status());
    }
    CompensationOrder.check(story, saga.journal());
  }

  private <E extends JournalEntry> void settledOnce(Class<E> type, Function<E, StepName> name) {
    Set<StepName> seen = new HashSet<>();
    for (E entry : saga.entries(type)) {
      Broken.unless(
          seen.add(name.apply(entry)),
          Law.SETTLED_TWICE,
          "'" + name.apply(entry) + "' settled twice: " + Story.said(entry));
    }
  }

  private void completed(SagaState.Completed completed) {
    List<StepName> missed = story.missedBy(completed.core());
    Broken.unless(
        missed.isEmpty(), Law.WRONG_EFFECTS, "The saga is COMPLETED, but never came to " + missed);
    for (StepState step : completed.core().steps()) {
      Broken.unless(
          step.action() instanceof PhaseState.Succeeded,
          Law.WRONG_EFFECTS,
          "The saga is COMPLETED, but step '" + step.name() + "' is " + step.action());
    }
    wentForward();
  }

  /** What is open beside the step at which a saga is parked may be done by now or not. */
  private void wentForward() {
    for (StepState step : saga.state().core().steps()) {
      int done =
          switch (step.action()) {
            case PhaseState.Succeeded succeeded -> 1;
            case PhaseState.Rejected rejected -> 0;
            case PhaseState open -> Math.min(1, participants.done(step.name()));
          };
      expectEffects(step.name(), done, 0);
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
