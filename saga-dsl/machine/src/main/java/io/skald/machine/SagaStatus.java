package io.skald.machine;

/** Where a saga stands, in one word. */
public enum SagaStatus {
  /** Waits for its turn behind another saga of its definition and key; not terminal. */
  QUEUED,
  /** On its way forward. */
  RUNNING,
  /** On its way back: undoing all that may have happened. */
  COMPENSATING,
  /** Stopped where only an operator or a deploy can help; not terminal. */
  PARKED,
  /** A step of another saga: its work is done, and what becomes of it is its parent's to say. */
  HELD,
  /** All steps succeeded. */
  COMPLETED,
  /** All that may have happened is undone. */
  COMPENSATED,
  /** Ended by an operator; effects may remain. */
  ABORTED;

  /** Whether the saga moves by itself: then it has a wake-up time. */
  public boolean isActive() {
    return this == RUNNING || this == COMPENSATING;
  }

  /** Whether it will never change again. */
  public boolean isTerminal() {
    return this == COMPLETED || this == COMPENSATED || this == ABORTED;
  }
}
