package io.skald.checker;

/** What a participant's fence says of a step in the end; a step without a row was never met. */
public enum FenceState {
  /** The action had its effect. */
  DONE,
  /** The action was refused for a business reason. */
  REJECTED,
  /** The effect was undone. */
  COMPENSATED,
  /** The compensation came first, and keeps the action out. */
  TOMBSTONED
}
