package io.skald.saga;

/** How far one part of a saga has come, as a chart of that saga shows it. */
public enum Standing {
  /** Not begun yet, and it may be. */
  TO_COME,
  /** Begun, and not settled. */
  UNDER_WAY,
  DONE,
  /** Refused or given up. */
  FAILED,
  /** The saga stands still here until an operator helps. */
  PARKED,
  /** Being undone. */
  COMPENSATING,
  COMPENSATED,
  /** Never begun, and it never will be. */
  LEFT_OUT
}
