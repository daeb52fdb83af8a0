package io.skald.checker;

import io.skald.machine.SagaState;
import io.skald.machine.SagaStatus;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A saga's row as it stands when the run is over.
 *
 * @param state what its state column holds
 * @param status what its status column says
 * @param seq what its sequence column says
 * @param nextDueAt its wake-up time, when it has one
 */
public record StoredSaga(
    SagaState state, SagaStatus status, long seq, Optional<Instant> nextDueAt) {

  public StoredSaga {
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(nextDueAt, "nextDueAt");
  }

  /** The row that a state must have. */
  public static StoredSaga of(SagaState state) {
    return new StoredSaga(state, state.status(), state.core().seq(), state.nextDueAt());
  }
}
