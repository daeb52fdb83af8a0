package io.skald.machine;

/** Why an input changed nothing. */
public enum IgnoreReason {
  /** The saga has started already, with the same data. */
  REPEATED_START,
  /** The saga has started already, with other data. */
  CONFLICTING_START,
  /** Another start with its key was refused because of this saga. */
  EXCLUDES_ANOTHER,
  /** It waits for its turn, and nothing of it is under way. */
  QUEUED,
  /** It does not wait for its turn. */
  NOT_QUEUED,
  /** The step's phase is settled already. */
  ALREADY_SETTLED,
  /** A reply to an action came after the saga had turned back. */
  TURNED_BACK,
  /** A failure came for another attempt than the one that is under way. */
  STALE_ATTEMPT,
  /** A reply came to a command that was never sent. */
  NEVER_ISSUED,
  /** Nothing was due any more. */
  STALE_TIMER,
  /** The saga is parked; the command is issued again when it is resumed. */
  PARKED,
  /** A signal for this await has come already. */
  REPEATED_SIGNAL,
  /** Nothing waits for a retry. */
  NOTHING_TO_RETRY,
  /** The step is not under way, so it can't be taken for done. */
  NOTHING_TO_SKIP,
  /** Only a parked saga can be resumed. */
  NOT_PARKED,
  /** The participant refused the step for good; to issue it again would only repeat that. */
  REFUSED_FOR_GOOD,
  /** The saga is on its way back already. */
  ALREADY_COMPENSATING,
  /** The saga's work is done, and what becomes of it is its parent's to say. */
  HELD,
  /** The saga was not held, so there is nothing to release. */
  NOT_HELD,
  /** The saga of that id is not the child of who asks. */
  NOT_ITS_PARENT,
  /** The pivot has been issued; the saga can only go forward. */
  PAST_RETURN,
  /** The saga has ended. */
  TERMINAL
}
