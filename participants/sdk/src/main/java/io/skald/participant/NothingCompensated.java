package io.skald.participant;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Objects;

/**
 * The reply to a compensation that had nothing to undo, since its action was never done. It is the
 * SDK's own event, so that no subscriber takes it for, say, a refund.
 *
 * @param fence why: {@code TOMBSTONED}, the action had not arrived and will be refused should it
 *     come; {@code REJECTED}, the action was refused
 */
@RegisterForReflection
public record NothingCompensated(String fence) {

  public NothingCompensated {
    Objects.requireNonNull(fence, "fence");
  }
}
