package io.skald.checker;

import io.skald.saga.message.Participant;
import io.skald.saga.message.Phase;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.StepName;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * A command as it was seen on its way to a participant. The same may be seen several times.
 *
 * @param attempt from 1
 * @param idempotencyKey as the record carries it
 * @param sentAt the tick at which it was handed to the broker, on the scale of {@link
 *     JournalRow#committedAt}; empty where nobody could see it
 */
public record SentCommand(
    SagaId saga,
    StepName step,
    Phase phase,
    int attempt,
    Participant participant,
    String idempotencyKey,
    OptionalLong sentAt) {

  public SentCommand {
    Objects.requireNonNull(saga, "saga");
    Objects.requireNonNull(step, "step");
    Objects.requireNonNull(phase, "phase");
    Objects.requireNonNull(participant, "participant");
    Objects.requireNonNull(idempotencyKey, "idempotencyKey");
    Objects.requireNonNull(sentAt, "sentAt");
  }
}
