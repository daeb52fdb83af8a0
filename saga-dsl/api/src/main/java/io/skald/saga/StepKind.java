package io.skald.saga;

/** Where a step stands to the saga's point of no return. */
public enum StepKind {
  /** Before the point of no return: it can be undone, or there is nothing to undo. */
  COMPENSATABLE,
  /** The point of no return itself: when it has succeeded the saga only goes forward. */
  PIVOT,
  /** After it: it is retried until it succeeds. */
  RETRIABLE
}
