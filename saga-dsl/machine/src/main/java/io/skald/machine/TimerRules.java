package io.skald.machine;

import io.skald.machine.Input.CommandPublished;
import io.skald.machine.JournalEntry.AttemptTimedOut;
import io.skald.machine.JournalEntry.TimeoutMoved;
import io.skald.machine.JournalEntry.WaitPassed;
import io.skald.saga.Part;
import io.skald.saga.StepDefinition;
import io.skald.saga.message.Phase;
import io.skald.saga.message.StepName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the passing of time does to a saga. */
final class TimerRules {

  private TimerRules() {}

  static <D> Decision fired(Turn<D> turn) {
    if (!(turn.state() instanceof SagaState.Active active)
        || active.nextDueAt().filter(due -> !due.isAfter(turn.now())).isEmpty()) {
      return turn.unchanged(IgnoreReason.STALE_TIMER);
    }
    if (turn.turnedBackAtDeadline()) {
      return turn.applied();
    }
    waitsPassed(turn);
    for (StepState step : active.core().steps()) {
      for (Phase phase : Phase.values()) {
        if (isDue(turn, step.phase(phase))) {
          due(turn, step.name(), phase);
        }
      }
    }
    return turn.applied();
  }

  private static boolean isDue(Turn<?> turn, Optional<PhaseState> phase) {
    return phase.flatMap(PhaseState::dueAt).filter(at -> !at.isAfter(turn.now())).isPresent();
  }

  /** What was due before may have been settled by what else was due. */
  private static <D> void due(Turn<D> turn, StepName name, Phase phase) {
    if (!(turn.state() instanceof SagaState.Active active)) {
      return;
    }
    StepState step = active.core().step(name).orElseThrow();
    Optional<PhaseState> state = step.phase(phase);
    if (!isDue(turn, state)) {
      return;
    }
    switch (state.get()) {
      case PhaseState.AwaitingReply awaiting -> timedOut(turn, step, phase, awaiting);
      case PhaseState.AwaitingRetry waited -> turn.issueAgain(step, phase, Attempts::next);
      case PhaseState.Succeeded settled -> throw new IllegalStateException("not open: " + settled);
      case PhaseState.Rejected settled -> throw new IllegalStateException("not open: " + settled);
      case PhaseState.Unknown settled -> throw new IllegalStateException("not open: " + settled);
    }
  }

  /** All waits that are over, then one step: back, to an operator, or onward. */
  private static <D> void waitsPassed(Turn<D> turn) {
    if (!turn.isRunning()) {
      return;
    }
    List<BlockState.Waiting> over = new ArrayList<>();
    for (BlockState block : turn.core().blocks()) {
      if (block instanceof BlockState.Waiting waiting && !waiting.until().isAfter(turn.now())) {
        over.add(waiting);
      }
    }
    over.forEach(waiting -> turn.record(new WaitPassed(waiting.name())));
    Optional<BlockState.Waiting> inVain =
        over.stream().filter(waiting -> isInVain(turn, waiting.name())).findFirst();
    if (inVain.isPresent()) {
      noSignal(turn, inVain.get());
    } else if (!over.isEmpty()) {
      turn.advance();
    }
  }

  /** Whether the story can't go on without what was waited for. */
  private static boolean isInVain(Turn<?> turn, StepName name) {
    return turn.definition().part(name).orElse(null) instanceof Part.Await<?> await
        && await.late().isEmpty();
  }

  private static void noSignal(Turn<?> turn, BlockState.Waiting waiting) {
    Problem problem =
        new Problem("NO_SIGNAL", "No signal '" + waiting.name() + "' came by " + waiting.until());
    if (turn.core().isPastReturn()) {
      turn.park(ParkReason.NO_SIGNAL, waiting.name(), problem);
    } else {
      turn.turnBack(
          CompensationCause.NO_SIGNAL,
          Optional.of(waiting.name()),
          Optional.of(problem),
          Optional.empty());
    }
  }

  /** A step's timeout runs from its publication, not from its decision: law L9. */
  static <D> Decision published(Turn<D> turn, CommandPublished input) {
    if (!(turn.state() instanceof SagaState.Active active)
        || !(active.core().step(input.step()).flatMap(s -> s.phase(input.phase())).orElse(null)
            instanceof PhaseState.AwaitingReply awaiting)
        || awaiting.attempts().number() != input.attempt()) {
      return turn.unchanged(IgnoreReason.STALE_TIMER);
    }
    Instant timeoutAt = turn.after(timeoutOf(turn.definitionOf(input.step()), input.phase()));
    if (!timeoutAt.isAfter(awaiting.timeoutAt())) {
      return turn.unchanged(IgnoreReason.STALE_TIMER);
    }
    turn.record(new TimeoutMoved(input.step(), input.phase(), input.attempt(), timeoutAt));
    return turn.applied();
  }

  private static <D> void timedOut(
      Turn<D> turn, StepState step, Phase phase, PhaseState.AwaitingReply awaiting) {
    int attempt = awaiting.attempts().number();
    Problem problem =
        new Problem(
            Problem.TIMEOUT,
            "No reply to attempt "
                + attempt
                + " within "
                + timeoutOf(turn.definitionOf(step.name()), phase));
    turn.attemptWentWrong(
        step,
        phase,
        problem,
        retryAt -> new AttemptTimedOut(step.name(), phase, attempt, problem, retryAt));
  }

  private static Duration timeoutOf(StepDefinition<?> step, Phase phase) {
    return switch (phase) {
      case ACTION -> step.timeout();
      case COMPENSATION -> step.compensation().orElseThrow().timeout();
    };
  }
}
