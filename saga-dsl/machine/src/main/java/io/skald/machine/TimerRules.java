package io.skald.machine;

import io.skald.machine.Input.CommandPublished;
import io.skald.machine.JournalEntry.AttemptTimedOut;
import io.skald.machine.JournalEntry.TimeoutMoved;
import io.skald.saga.StepDefinition;
import io.skald.saga.message.Phase;
import java.time.Duration;
import java.time.Instant;

/** What the passing of time does to a saga. */
final class TimerRules {

  private TimerRules() {}

  static <D> Decision fired(Turn<D> turn) {
    if (!(turn.state() instanceof SagaState.Active active)
        || active.nextDueAt().filter(due -> !due.isAfter(turn.now())).isEmpty()) {
      return turn.unchanged(IgnoreReason.STALE_TIMER);
    }
    if (turn.deadlineHasPassed()) {
      turn.turnBackAtDeadline();
      return turn.applied();
    }
    StepState step = active.core().openStep(active.phase()).orElseThrow();
    switch (step.phase(active.phase()).orElseThrow()) {
      case PhaseState.AwaitingReply awaiting -> timedOut(turn, step, active.phase(), awaiting);
      case PhaseState.AwaitingRetry waited -> turn.issueAgain(step, active.phase(), Attempts::next);
      case PhaseState.Succeeded settled -> throw new IllegalStateException("not open: " + settled);
      case PhaseState.Rejected settled -> throw new IllegalStateException("not open: " + settled);
      case PhaseState.Unknown settled -> throw new IllegalStateException("not open: " + settled);
    }
    return turn.applied();
  }

  /** A step's timeout runs from its publication, not from its decision: law L9. */
  static <D> Decision published(Turn<D> turn, CommandPublished input) {
    if (!(turn.state() instanceof SagaState.Active active)
        || active.phase() != input.phase()
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
