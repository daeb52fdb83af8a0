package io.skald.machine;

import io.skald.saga.message.MessageType;
import io.skald.saga.message.Phase;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.StepName;
import java.util.Objects;

/**
 * Whose child a saga is, and what its parent has asked of it last.
 *
 * @param saga the parent
 * @param key the parent's key, under which it is answered
 * @param step the parent's step that this saga is
 * @param held whether it waits, once its story is done, for what becomes of its parent: so it is
 *     before the parent's point of no return
 * @param phase what was asked last: that it runs, or that it is undone
 * @param attempt the parent's attempt that asked for it
 */
public record ParentLink(
    SagaId saga, String key, StepName step, boolean held, Phase phase, int attempt) {

  /** What a child's answer is called on the wire, whatever its data is. */
  public static final MessageType ANSWER = new MessageType("SubSagaEnded", 1);

  public ParentLink {
    Objects.requireNonNull(saga, "saga");
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(step, "step");
    Objects.requireNonNull(phase, "phase");
  }

  ParentLink asked(Phase phase, int attempt) {
    return new ParentLink(saga, key, step, held, phase, attempt);
  }

  ParentLink released() {
    return new ParentLink(saga, key, step, false, phase, attempt);
  }

  boolean isSameStepAs(ParentLink other) {
    return saga.equals(other.saga) && step.equals(other.step);
  }

  /** Whether the other asks for more than this one does: to undo outweighs all asking to run. */
  boolean isOutweighedBy(ParentLink other) {
    return phase == other.phase ? attempt < other.attempt : other.phase == Phase.COMPENSATION;
  }
}
