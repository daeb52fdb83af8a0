package io.skald.checker;

import io.skald.saga.StepKind;
import io.skald.saga.message.Participant;
import io.skald.saga.message.StepName;
import java.util.Objects;

/**
 * What the checker must know of a step.
 *
 * @param hasCompensation whether there is a command that undoes it
 */
public record StepShape(
    StepName name, StepKind kind, Participant participant, boolean hasCompensation)
    implements PartShape {

  public StepShape {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(participant, "participant");
  }
}
