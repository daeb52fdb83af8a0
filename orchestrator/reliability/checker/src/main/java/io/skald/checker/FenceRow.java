package io.skald.checker;

import io.skald.saga.message.Participant;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.StepName;
import java.util.Objects;

/** What a participant has on record of a step, as its fence stands when the run is over. */
public record FenceRow(SagaId saga, Participant participant, StepName step, FenceState state) {

  public FenceRow {
    Objects.requireNonNull(saga, "saga");
    Objects.requireNonNull(participant, "participant");
    Objects.requireNonNull(step, "step");
    Objects.requireNonNull(state, "state");
  }
}
