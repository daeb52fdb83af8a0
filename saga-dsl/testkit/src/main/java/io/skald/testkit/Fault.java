package io.skald.testkit;

/** What may go wrong with one step, or one wait, in a {@link FailureMatrix}. */
public enum Fault {
  /** The participant refuses the step, for good. */
  REFUSES("refuses"),
  /** The first attempts fail, the next one works. */
  FAILS("fails, then works"),
  /** Every attempt fails; if the saga parks for it, it works from when an operator resumes it. */
  FAILS_FOR_GOOD("fails for good"),
  /** The first attempt's command is lost. */
  TIMES_OUT("times out"),
  /** The participant does the step, but no answer of it arrives until an operator steps in. */
  UNKNOWN_DONE("unknown, done"),
  /**
   * No command for the step arrives until an operator steps in: they come when all is over, behind
   * a compensation if there was one.
   */
  UNKNOWN_NOT_DONE("unknown, not done"),
  /** Each command of the step arrives twice, and so does each answer to them. */
  DUPLICATE("duplicate"),
  /** The first attempt's answer arrives when the saga no longer waits for that attempt. */
  LATE("late"),
  /** The first attempts at its compensation fail, the next one works. */
  COMPENSATION_FAILS("compensation fails, then works"),
  /** Every attempt at its compensation fails until the saga parks and an operator resumes it. */
  COMPENSATION_FAILS_FOR_GOOD("compensation fails for good"),
  /** An await's signal does not come: its limit passes, until an operator steps in. */
  SIGNAL_SILENT("silent"),
  /** An await's signal comes twice, and then another one. */
  SIGNAL_REPEATED("repeated"),
  /** An await's signal comes right after the start, when nobody awaits it yet. */
  SIGNAL_EARLY("early"),
  /** An await's signal comes when its limit has passed. */
  SIGNAL_LATE("too late"),
  /**
   * The orchestrator dies before it commits a decision about the step or the wait: whatever was
   * decided is lost, the state comes from the journal, and the input is read again some time later.
   */
  CRASH_BEFORE("crash before"),
  /**
   * The orchestrator dies after it has committed a decision about the step or the wait and sent its
   * commands: the state comes from the journal, and the commands are sent again.
   */
  CRASH_AFTER("crash after");

  private final String title;

  Fault(String title) {
    this.title = title;
  }

  /** A few words, for the name of a test and the head of a column. */
  public String title() {
    return title;
  }

  /** Whether it may strike a step. */
  boolean isOfStep() {
    return !isOfSignal();
  }

  /** Whether it may strike an await or a pause. */
  boolean isOfWait() {
    return isOfSignal() || this == CRASH_BEFORE || this == CRASH_AFTER;
  }

  boolean isOfSignal() {
    return switch (this) {
      case SIGNAL_SILENT, SIGNAL_REPEATED, SIGNAL_EARLY, SIGNAL_LATE -> true;
      default -> false;
    };
  }

  boolean isOfCompensation() {
    return this == COMPENSATION_FAILS || this == COMPENSATION_FAILS_FOR_GOOD;
  }
}
