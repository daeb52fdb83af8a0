package io.skald.orchestrator.rest;

import io.skald.machine.PhaseState;
import io.skald.machine.Problem;
import io.skald.machine.SagaCore;
import io.skald.machine.SagaState;
import io.skald.machine.StepState;
import io.skald.saga.SagaDefinition;
import io.skald.saga.StepDefinition;
import io.skald.saga.message.StepName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Shows how far each step has come. */
final class StepViews {

  private StepViews() {}

  /**
   * @param definition empty when it is not deployed: then only the steps that were issued are known
   */
  static List<StepView> of(SagaState state, Optional<SagaDefinition<?>> definition) {
    SagaCore core = state.core();
    List<StepView> views = new ArrayList<>();
    for (StepDefinition<?> step : definition.map(d -> List.copyOf(d.steps())).orElse(List.of())) {
      Optional<String> participant = Optional.of(step.participant().name());
      List<StepState> issued =
          core.steps().stream()
              .filter(one -> one.name().inDefinition().equals(step.name()))
              .toList();
      issued.forEach(one -> views.add(issued(state, one, participant)));
      if (issued.isEmpty()) {
        views.add(notIssued(state, step));
      }
    }
    for (StepState issued : core.steps()) {
      if (definition.flatMap(d -> d.step(issued.name())).isEmpty()) {
        views.add(issued(state, issued, Optional.empty()));
      }
    }
    return views;
  }

  /** The steps that have yet to be issued on the way forward. */
  static List<String> pending(SagaCore core, Optional<SagaDefinition<?>> definition) {
    List<String> pending = new ArrayList<>();
    for (StepDefinition<?> step : definition.map(d -> List.copyOf(d.steps())).orElse(List.of())) {
      if (core.steps().stream().noneMatch(s -> s.name().inDefinition().equals(step.name()))) {
        pending.add(step.name().toString());
      }
    }
    return pending;
  }

  /** The steps whose compensation has yet to be issued, the next one first. */
  static List<String> owed(SagaCore core, Optional<SagaDefinition<?>> definition) {
    List<String> owed = new ArrayList<>();
    for (StepState step : core.steps().reversed()) {
      if (step.mayHaveHappened()
          && step.compensation().isEmpty()
          && hasCompensation(definition, step.name())) {
        owed.add(step.name().toString());
      }
    }
    return owed;
  }

  private static boolean hasCompensation(Optional<SagaDefinition<?>> definition, StepName name) {
    return definition
        .flatMap(d -> d.step(name).map(step -> step.compensation().isPresent()))
        .orElse(false);
  }

  private static StepView notIssued(SagaState state, StepDefinition<?> step) {
    SagaState moving = state instanceof SagaState.Parked parked ? parked.interrupted() : state;
    return new StepView(
        step.name().toString(),
        moving instanceof SagaState.Running ? StepStatus.PENDING : StepStatus.SKIPPED,
        step.kind(),
        Optional.of(step.participant().name()),
        0,
        0,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static StepView issued(SagaState state, StepState step, Optional<String> participant) {
    Optional<PhaseState> undo = step.compensation();
    PhaseState latest = undo.orElse(step.action());
    Optional<Problem> problem = undo.flatMap(PhaseState::problem).or(step.action()::problem);
    boolean moves = state instanceof SagaState.Active;
    return new StepView(
        step.name().toString(),
        undo.map(phase -> compensationStatus(phase, moves))
            .orElseGet(() -> actionStatus(step.action(), moves)),
        step.kind(),
        participant,
        step.action().attempts().number(),
        undo.map(phase -> phase.attempts().number()).orElse(0),
        Optional.of(step.action().attempts().since()),
        settledAt(step.action()),
        undo.map(phase -> phase.attempts().since()),
        undo.flatMap(StepViews::settledAt),
        problem.map(ErrorView::of),
        moves && latest instanceof PhaseState.AwaitingReply awaiting
            ? Optional.of(awaiting.timeoutAt())
            : Optional.empty(),
        moves && latest instanceof PhaseState.AwaitingRetry waiting
            ? Optional.of(waiting.retryAt())
            : Optional.empty());
  }

  private static Optional<Instant> settledAt(PhaseState phase) {
    return phase.isOpen() ? Optional.empty() : Optional.of(phase.at());
  }

  /** What is open in a saga that does not move is not being tried: nobody knows how it went. */
  private static StepStatus actionStatus(PhaseState action, boolean moves) {
    return switch (action) {
      case PhaseState.AwaitingReply open -> moves ? StepStatus.RUNNING : StepStatus.UNKNOWN;
      case PhaseState.AwaitingRetry open -> moves ? StepStatus.RETRYING : StepStatus.UNKNOWN;
      case PhaseState.Succeeded settled -> StepStatus.SUCCEEDED;
      case PhaseState.Rejected settled -> StepStatus.REJECTED;
      case PhaseState.Unknown settled -> StepStatus.UNKNOWN;
    };
  }

  private static StepStatus compensationStatus(PhaseState compensation, boolean moves) {
    return switch (compensation) {
      case PhaseState.AwaitingReply open ->
          moves ? StepStatus.COMPENSATING : StepStatus.COMPENSATION_UNKNOWN;
      case PhaseState.AwaitingRetry open ->
          moves ? StepStatus.COMPENSATION_RETRYING : StepStatus.COMPENSATION_UNKNOWN;
      case PhaseState.Succeeded settled -> StepStatus.COMPENSATED;
      case PhaseState.Rejected settled -> StepStatus.COMPENSATION_UNKNOWN;
      case PhaseState.Unknown settled -> StepStatus.COMPENSATION_UNKNOWN;
    };
  }
}
