package io.skald.orchestrator.rest;

import io.skald.machine.PhaseState;
import io.skald.machine.SagaCore;
import io.skald.machine.SagaState;
import io.skald.machine.StepState;
import io.skald.saga.SagaDefinition;
import io.skald.saga.message.Phase;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Says what a saga will do next, and when, if nothing comes in between. */
final class WhatNext {

  private WhatNext() {}

  /** Empty when the saga has ended. */
  static Optional<NextView> of(SagaState state, Optional<SagaDefinition<?>> definition) {
    return switch (state) {
      case SagaState.Running running ->
          Optional.of(
              deadlineFirst(running, definition).orElseGet(() -> step(running, definition)));
      case SagaState.Compensating back -> Optional.of(step(back, definition));
      case SagaState.Parked parked -> Optional.of(operator(parked, definition));
      case SagaState.Terminal ended -> Optional.empty();
    };
  }

  private static NextView step(SagaState.Active active, Optional<SagaDefinition<?>> definition) {
    List<String> then = then(active, definition);
    Phase phase = active.phase();
    Optional<StepState> open = openStep(active);
    if (open.isEmpty()) {
      return new NextView(
          Optional.empty(), Optional.of(phase), active.nextDueAt(), "on its way", then);
    }
    PhaseState state = open.get().phase(phase).orElseThrow();
    int attempt = state.attempts().number();
    Instant at = state.dueAt().orElseThrow();
    String because =
        state instanceof PhaseState.AwaitingRetry
            ? "attempt "
                + attempt
                + wentWrong(state)
                + "; attempt "
                + (attempt + 1)
                + " is issued at "
                + at
            : "awaiting the reply to attempt " + attempt + " until " + at;
    return NextView.at(open.get().name(), phase, at, because, then);
  }

  /** A deadline that comes before the step's own time: then the saga turns back. */
  private static Optional<NextView> deadlineFirst(
      SagaState.Running running, Optional<SagaDefinition<?>> definition) {
    SagaCore core = running.core();
    Optional<StepState> open = openStep(running);
    if (core.isPastReturn() || open.isEmpty()) {
      return Optional.empty();
    }
    return core.deadline()
        .filter(deadline -> running.nextDueAt().filter(deadline::equals).isPresent())
        .map(
            deadline ->
                NextView.at(
                    open.get().name(),
                    Phase.ACTION,
                    deadline,
                    "the deadline "
                        + deadline
                        + " comes first; the saga is compensated unless it reaches its point of no"
                        + " return before",
                    then(running, definition)));
  }

  private static NextView operator(
      SagaState.Parked parked, Optional<SagaDefinition<?>> definition) {
    String because =
        switch (parked.reason()) {
          case STEP_GIVEN_UP, COMPENSATION_GIVEN_UP ->
              "its attempts are used up; resume begins a new series of attempts, abort ends the saga"
                  + " as it is";
          case STEP_REJECTED ->
              "the participant refused a step that can't be undone any more; settle it by hand, then"
                  + " abort ends the saga as it is";
          case NO_SIGNAL ->
              "no signal came in time; send it, or resume waits once more, or abort ends the saga as"
                  + " it is";
          case DEFINITION_DEFECT ->
              "a function of the definition failed; deploy one that does not, then resume goes on,"
                  + " or abort ends the saga as it is";
          case DEFINITION_MISSING ->
              "definition '"
                  + parked.core().definition()
                  + "' version "
                  + parked.core().version()
                  + " is not deployed; deploy it and the saga goes on, or abort ends it as it is";
        };
    return new NextView(
        parked.step().map(step -> step.toString()),
        Optional.of(parked.interrupted().phase()),
        Optional.empty(),
        because,
        then(parked.interrupted(), definition).stream()
            .filter(name -> parked.step().filter(step -> step.toString().equals(name)).isEmpty())
            .toList());
  }

  private static List<String> then(
      SagaState.Active active, Optional<SagaDefinition<?>> definition) {
    return switch (active.phase()) {
      case ACTION -> StepViews.pending(active.core(), definition);
      case COMPENSATION -> StepViews.owed(active.core(), definition);
    };
  }

  private static Optional<StepState> openStep(SagaState.Active active) {
    return active.core().openSteps(active.phase()).stream()
        .min(
            Comparator.comparing(
                step -> step.phase(active.phase()).orElseThrow().dueAt().orElseThrow()));
  }

  private static String wentWrong(PhaseState state) {
    return state
        .problem()
        .map(problem -> " went wrong (" + problem.code() + ")")
        .orElse(" went wrong");
  }
}
