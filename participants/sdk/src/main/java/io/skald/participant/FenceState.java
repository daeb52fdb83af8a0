package io.skald.participant;

/**
 * What has happened to a step here.
 *
 * <pre>
 * OPEN → DONE          the action had its effect
 * OPEN → REJECTED      the action was refused for a business reason; final
 * OPEN → TOMBSTONED    the compensation came first; final
 * DONE → COMPENSATED   the effect was undone; final
 * </pre>
 */
public enum FenceState {
  /** Nothing yet: there is no row. */
  OPEN,
  DONE,
  REJECTED,
  COMPENSATED,
  TOMBSTONED
}
