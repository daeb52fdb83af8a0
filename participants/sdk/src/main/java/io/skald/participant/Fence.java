package io.skald.participant;

import io.skald.saga.message.Phase;

/**
 * What to do with a command, by what has happened to its step before.
 *
 * <pre>
 * fence is      action arrives      compensation arrives
 * OPEN          RUN_ACTION          ENTOMB
 * DONE          REPEAT_ACTION       RUN_COMPENSATION
 * REJECTED      REPEAT_REFUSAL      NOTHING_TO_UNDO
 * COMPENSATED   REFUSE              REPEAT_COMPENSATION
 * TOMBSTONED    REFUSE              NOTHING_TO_UNDO
 * </pre>
 */
final class Fence {

  /** What to do with a command. */
  enum Verdict {
    /** Run the action's handler and record its reply, or its refusal. */
    RUN_ACTION,
    /** Run the compensation's handler and record its reply. */
    RUN_COMPENSATION,
    /** Remember that the compensation was here first, and answer that there was nothing to undo. */
    ENTOMB,
    /** Answer the recorded reply of the action. */
    REPEAT_ACTION,
    /** Answer the recorded refusal of the action. */
    REPEAT_REFUSAL,
    /** Answer the recorded reply of the compensation. */
    REPEAT_COMPENSATION,
    /** Answer that there is nothing to undo. */
    NOTHING_TO_UNDO,
    /** The action comes after its compensation: answer {@code rejected} with the state as code. */
    REFUSE
  }

  private Fence() {}

  static Verdict decide(FenceState state, Phase phase) {
    return switch (phase) {
      case ACTION ->
          switch (state) {
            case OPEN -> Verdict.RUN_ACTION;
            case DONE -> Verdict.REPEAT_ACTION;
            case REJECTED -> Verdict.REPEAT_REFUSAL;
            case COMPENSATED, TOMBSTONED -> Verdict.REFUSE;
          };
      case COMPENSATION ->
          switch (state) {
            case OPEN -> Verdict.ENTOMB;
            case DONE -> Verdict.RUN_COMPENSATION;
            case COMPENSATED -> Verdict.REPEAT_COMPENSATION;
            case REJECTED, TOMBSTONED -> Verdict.NOTHING_TO_UNDO;
          };
    };
  }
}
