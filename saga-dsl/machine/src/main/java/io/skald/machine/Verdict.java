package io.skald.machine;

import io.skald.saga.message.SagaId;

/** What became of an input. */
public sealed interface Verdict {

  /** It moved the saga. */
  record Applied() implements Verdict {}

  /** It changed nothing, as it should. */
  record Ignored(IgnoreReason reason) implements Verdict {}

  /**
   * It asked for a saga to be started while another one of its key is there, and no more may be.
   * Asked again when that one has ended, it may start.
   *
   * @param by the saga that is there
   * @param because a sentence: what was expected and what was found
   */
  record Excluded(SagaId by, String because) implements Verdict {}

  /**
   * It can't be a message of this saga, now or later; it belongs in the dead letters.
   *
   * @param because a sentence: what was expected and what was found
   */
  record Refused(String because) implements Verdict {}
}
