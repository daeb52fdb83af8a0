package io.skald.orchestrator.rest;

import io.skald.machine.PhaseState;
import io.skald.machine.Problem;
import io.skald.machine.SagaCore;
import io.skald.machine.SagaState;
import io.skald.machine.StepState;
import io.skald.saga.SagaDefinition;
import io.skald.saga.Standing;
import io.skald.saga.StepDefinition;
import io.skald.saga.message.StepName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Shows how far each step has come. */
final class StepViews {

  private StepViews() {}

  /**
   * @param progress empty when the definition is not deployed: then only the steps that were issued
   *     are known
   */
  static List<StepView> of(SagaState state, Optional<Progress> progress) {
    Map<StepName, StepState> issued = new LinkedHashMap<>();
    state.core().steps().forEach(step -> issued.put(step.name(), step));
    List<StepView> views = new ArrayList<>();
    progress.ifPresent(
        known ->
            forEachStep(
                known,
                (name, step, standing) -> {
                  StepState found = issued.remove(name);
                  views.add(
                      found == null
                          ? notIssued(name, step, standing)
                          : issued(state, found, Optional.of(step.participant().name())));
                }));
    issued.values().forEach(unknown -> views.add(issued(state, unknown, Optional.empty())));
    return views;
  }

  /** The steps that have yet to be issued on the way forward, as far as the way is known. */
  static List<String> pending(Progress progress) {
    List<String> pending = new ArrayList<>();
    forEachStep(
        progress,
        (name, step, standing) -> {
          if (standing == Standing.TO_COME) {
            pending.add(name.toString());
          }
        });
    return pending;
  }

  private interface StepVisitor {
    void visit(StepName name, StepDefinition<?> step, Standing standing);
  }

  private static void forEachStep(Progress progress, StepVisitor visitor) {
    progress
        .standings()
        .forEach(
            (name, standing) ->
                progress
                    .definition()
                    .step(name)
                    .ifPresent(step -> visitor.visit(name, step, standing)));
  }

  /** The steps whose compensation has yet to be issued, the next one first. */
  static List<String> owed(SagaCore core, SagaDefinition<?> definition) {
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

  private static boolean hasCompensation(SagaDefinition<?> definition, StepName name) {
    return definition.step(name).flatMap(StepDefinition::compensation).isPresent();
  }

  private static StepView notIssued(StepName name, StepDefinition<?> step, Standing standing) {
    return new StepView(
        name.toString(),
        standing == Standing.TO_COME ? StepStatus.PENDING : StepStatus.LEFT_OUT,
        step.kind(),
        Optional.of(step.participant().name()),
        Optional.empty(),
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
        step.child().map(child -> child.id(state.core().id(), step.name()).value()),
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
