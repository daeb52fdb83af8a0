package io.skald.checker;

import io.skald.saga.message.Participant;
import io.skald.saga.message.Phase;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.StepName;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * One thing that a participant has really done, read from its own store and not from its fence:
 * money moved, goods reserved. An effect that happened twice is there twice.
 *
 * @param item which of the step's items; empty when the step has but one
 * @param order its place among all effects of this participant: what came later is higher
 * @param at when it happened, by the participant's clock
 */
public record Effect(
    SagaId saga,
    Participant participant,
    StepName step,
    Optional<String> item,
    Phase phase,
    long order,
    Instant at) {

  public Effect {
    Objects.requireNonNull(saga, "saga");
    Objects.requireNonNull(participant, "participant");
    Objects.requireNonNull(step, "step");
    Objects.requireNonNull(item, "item");
    Objects.requireNonNull(phase, "phase");
    Objects.requireNonNull(at, "at");
  }
}
