package io.skald.participant;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A fence row: the state of a step, and what was answered. */
public record FenceRow(
    FenceState state,
    @Nullable RecordedReply actionReply,
    @Nullable RecordedReply compensationReply) {

  static final FenceRow OPEN = new FenceRow(FenceState.OPEN, null, null);

  FenceRow done(RecordedReply reply) {
    return new FenceRow(FenceState.DONE, reply, null);
  }

  FenceRow rejected(RecordedReply refusal) {
    return new FenceRow(FenceState.REJECTED, refusal, null);
  }

  FenceRow tombstoned() {
    return new FenceRow(FenceState.TOMBSTONED, null, null);
  }

  FenceRow compensated(RecordedReply reply) {
    return new FenceRow(FenceState.COMPENSATED, actionReply, reply);
  }

  RecordedReply recordedActionReply() {
    return Objects.requireNonNull(actionReply, "actionReply");
  }

  RecordedReply recordedCompensationReply() {
    return Objects.requireNonNull(compensationReply, "compensationReply");
  }
}
