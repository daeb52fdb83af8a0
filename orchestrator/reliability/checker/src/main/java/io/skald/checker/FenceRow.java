package io.skald.checker;

import io.skald.saga.message.Participant;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.StepName;
import java.util.Objects;
import java.util.Optional;

/**
 * What a participant has on record of a step, as its fence stands when the run is over.
 *
 * @param item which of the step's items; empty when the step has but one
 */
public record FenceRow(
    SagaId saga, Participant participant, StepName step, Optional<String> item, FenceState state) {

  public FenceRow {
    Objects.requireNonNull(saga, "saga");
    Objects.requireNonNull(participant, "participant");
    Objects.requireNonNull(step, "step");
    Objects.requireNonNull(item, "item");
    Objects.requireNonNull(state, "state");
  }
}
