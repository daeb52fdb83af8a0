package io.skald.machine;

import java.time.Instant;
import java.util.Optional;

/**
 * How far one phase of a step, its action or its compensation, has come.
 *
 * <pre>
 * from           to              when
 * -              AwaitingReply   a command is issued
 * AwaitingReply  AwaitingRetry   it failed or timed out, and may be tried again
 * AwaitingRetry  AwaitingReply   the wait is over
 * Awaiting...    Succeeded       a reply says so, whichever attempt it answers
 * Awaiting...    Rejected        a reply says so (actions only)
 * Awaiting...    Unknown         the attempts are used up, or the saga turned back
 * Awaiting...    AwaitingReply   an operator resumed a parked saga; its command was published late
 * Unknown        AwaitingReply   an operator resumed a parked saga
 * all but Succ.  Succeeded       an operator took it for done
 * </pre>
 *
 * Succeeded never changes again, and Rejected only by an operator.
 */
public sealed interface PhaseState {

  Attempts attempts();

  /** When it came to be as it is. */
  Instant at();

  /** What went wrong last; empty when nothing has. */
  Optional<Problem> problem();

  /** When it wants to be woken; empty when it does not wait for anything. */
  default Optional<Instant> dueAt() {
    return Optional.empty();
  }

  /** A command is on its way and its answer has not come. */
  record AwaitingReply(Attempts attempts, Instant at, Instant timeoutAt, Optional<Problem> problem)
      implements PhaseState {

    @Override
    public Optional<Instant> dueAt() {
      return Optional.of(timeoutAt);
    }
  }

  /** The latest attempt went wrong; the next is issued at {@code retryAt}. */
  record AwaitingRetry(Attempts attempts, Instant at, Instant retryAt, Optional<Problem> problem)
      implements PhaseState {

    @Override
    public Optional<Instant> dueAt() {
      return Optional.of(retryAt);
    }
  }

  /** It happened; {@code reply} is the JSON text of the participant's answer. */
  record Succeeded(Attempts attempts, Instant at, String reply, Optional<Problem> problem)
      implements PhaseState {}

  /** The participant refused it; it did not happen and never will. */
  record Rejected(Attempts attempts, Instant at, Optional<Problem> problem) implements PhaseState {}

  /** Nobody knows whether it happened, and it is not being tried any more. */
  record Unknown(Attempts attempts, Instant at, Optional<Problem> problem) implements PhaseState {}

  /** Whether this phase still waits for a reply or a retry. */
  default boolean isOpen() {
    return this instanceof AwaitingReply || this instanceof AwaitingRetry;
  }
}
