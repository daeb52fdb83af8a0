package io.skald.machine;

import io.skald.saga.ChildSaga;
import io.skald.saga.StepKind;
import io.skald.saga.message.Phase;
import io.skald.saga.message.StepName;
import java.util.Objects;
import java.util.Optional;

/**
 * How far one issued step has come.
 *
 * @param compensation empty until its compensation is issued
 * @param child the saga that the step runs, when it is one
 */
public record StepState(
    StepName name,
    StepKind kind,
    PhaseState action,
    Optional<PhaseState> compensation,
    Optional<ChildSaga> child) {

  public StepState {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(action, "action");
    Objects.requireNonNull(compensation, "compensation");
    Objects.requireNonNull(child, "child");
  }

  /** Of a step that is done by a participant. */
  public StepState(
      StepName name, StepKind kind, PhaseState action, Optional<PhaseState> compensation) {
    this(name, kind, action, compensation, Optional.empty());
  }

  /** The state of one of its phases; empty when that phase was never issued. */
  public Optional<PhaseState> phase(Phase phase) {
    return switch (phase) {
      case ACTION -> Optional.of(action);
      case COMPENSATION -> compensation;
    };
  }

  /** Whether its effect may stand: it succeeded, or nobody knows, and it is not undone. */
  public boolean mayHaveHappened() {
    boolean done = action instanceof PhaseState.Succeeded || action instanceof PhaseState.Unknown;
    return done && !(compensation.orElse(null) instanceof PhaseState.Succeeded);
  }

  StepState with(Phase phase, PhaseState state) {
    return switch (phase) {
      case ACTION -> new StepState(name, kind, state, compensation, child);
      case COMPENSATION -> new StepState(name, kind, action, Optional.of(state), child);
    };
  }
}
