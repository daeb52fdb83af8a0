package io.skald.machine;

/** Why a saga stopped where only an operator or a deploy can help. */
public enum ParkReason {
  /** The attempts at the pivot or at a step after it are used up. */
  STEP_GIVEN_UP,
  /** A step after the pivot was refused, though it can only go forward. */
  STEP_REJECTED,
  /** A signal was not there in time, after the pivot. */
  NO_SIGNAL,
  /** The attempts at a compensation are used up. */
  COMPENSATION_GIVEN_UP,
  /** A function of the definition threw an exception or gave something that can't be sent. */
  DEFINITION_DEFECT,
  /** The definition's version is not deployed. */
  DEFINITION_MISSING
}
