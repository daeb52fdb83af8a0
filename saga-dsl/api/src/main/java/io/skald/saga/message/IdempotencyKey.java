package io.skald.saga.message;

import java.util.Objects;

/**
 * What makes all attempts of one step's action, or of its compensation, the same request.
 *
 * <p>Action and compensation have different keys: with one key for both, a compensation would be
 * swallowed as a repeat of its action.
 */
public record IdempotencyKey(SagaId saga, StepName step, Phase phase) {

  public IdempotencyKey {
    Objects.requireNonNull(saga, "saga");
    Objects.requireNonNull(step, "step");
    Objects.requireNonNull(phase, "phase");
  }

  /**
   * The form on the wire: {@code sagaId/step/phase}, inside a forEach {@code
   * sagaId/step/item/phase}.
   */
  @Override
  public String toString() {
    return saga + "/" + step + "/" + phase.wireName();
  }
}
