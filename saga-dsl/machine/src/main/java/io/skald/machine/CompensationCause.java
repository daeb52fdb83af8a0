package io.skald.machine;

/** Why a saga turned back. */
public enum CompensationCause {
  /** A participant refused a step. */
  STEP_REJECTED,
  /** A step's attempts were used up. */
  STEP_GIVEN_UP,
  /** A signal was not there in time. */
  NO_SIGNAL,
  /** Somebody asked for it. */
  CANCELLED,
  /** The saga that this one is a step of turned back. */
  PARENT_TURNED_BACK,
  /** The point of no return was not reached in time. */
  DEADLINE_PASSED
}
