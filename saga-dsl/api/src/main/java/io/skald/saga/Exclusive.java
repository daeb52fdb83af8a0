package io.skald.saga;

/**
 * What becomes of a start while another saga of the same definition and key has not ended. See
 * {@link Saga.Started#exclusive}.
 */
public enum Exclusive {
  /** It is refused, and its sender is told which saga is under way. */
  REJECT,
  /**
   * It is a saga at once, and does nothing until its turn comes: when those that were started
   * before it have ended, in the order in which they were started.
   */
  QUEUE
}
