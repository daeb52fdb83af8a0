package io.skald.testkit;

/** What a {@link FailureMatrix} holds every run against. The numbers are those of Skald's laws. */
public enum Law {
  /** A function threw, or gave something that can't be sent: the saga parks in production. */
  FUNCTION_THREW("L11", "No function of a definition throws, whatever the saga has come through"),
  /** Called again with the same arguments, a function gave something else. */
  FUNCTION_NOT_PURE("L11", "A function gives the same for the same arguments"),
  /** A compensation names another thing than its step has done. */
  UNDOES_SOMETHING_ELSE("L3", "A compensation undoes what its step has done"),
  /** The data depends on which of two branches, or of two items, was answered last. */
  FOLDS_COLLIDE("L11", "What is side by side may be answered in any order"),
  /** Two attempts carry one idempotency key and different commands. */
  COMMANDS_DIFFER("L5", "All attempts of a step's phase carry the same command"),
  SETTLED_TWICE("L2", "A step settles once per phase, and repeats change nothing"),
  NOT_COMPENSATED("L3", "All that may have happened is compensated"),
  COMPENSATED_THOUGH_REFUSED("L3", "What was refused or never issued is left alone"),
  COMPENSATED_TOO_EARLY("L3", "Nothing is undone while an action is under way"),
  WRONG_ORDER("L3", "Compensations run in the reverse order of the story"),
  OTHER_PARTICIPANT("L4", "A compensation goes where its action went"),
  WRONG_EFFECTS("L5", "Each step has one effect when completed, none when compensated"),
  BACK_PAST_PIVOT("L6", "After the pivot only forward"),
  NEVER_WAKES("L8", "What is active has a wake-up time"),
  NO_REST("L8", "Every saga comes to rest when faults end"),
  JOURNAL_DIFFERS("L1", "The journal replayed is the state");

  private final String number;
  private final String sentence;

  Law(String number, String sentence) {
    this.number = number;
    this.sentence = sentence;
  }

  /** The law as a sentence. */
  public String sentence() {
    return sentence;
  }

  /** Such as {@code L3 NOT_COMPENSATED}. */
  @Override
  public String toString() {
    return number + " " + name();
  }
}
