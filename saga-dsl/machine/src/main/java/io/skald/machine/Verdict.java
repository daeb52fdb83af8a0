package io.skald.machine;

/** What became of an input. */
public sealed interface Verdict {

  /** It moved the saga. */
  record Applied() implements Verdict {}

  /** It changed nothing, as it should. */
  record Ignored(IgnoreReason reason) implements Verdict {}

  /**
   * It can't be a message of this saga, now or later; it belongs in the dead letters.
   *
   * @param because a sentence: what was expected and what was found
   */
  record Refused(String because) implements Verdict {}
}
