package io.skald.orchestrator.lane;

import io.skald.machine.SagaCore;
import io.skald.machine.Transition;
import java.util.List;

/** Says which messages leave. Pure, and called by many lanes at once. */
public interface MessageWriter {

  /**
   * The messages of a transition, in the order in which they leave. They follow from the journal
   * alone: published again after a crash they are the same, ids included.
   *
   * @param saga the saga after the transition, or at any later time
   */
  List<OutgoingMessage> messagesOf(SagaCore saga, int shard, Transition transition);

  /** The record as it came, with the reason why nobody could use it. */
  OutgoingMessage deadLetter(Envelope record, String because);

  /** The record as it came, on its way to the shard that its saga lives in. */
  OutgoingMessage forward(Envelope record, String sagaKey, int shard);

  /**
   * A start on its way to the shard of a saga that is not the record's own.
   *
   * @param record the one that asked for it
   */
  OutgoingMessage forwardStart(Envelope record, Reading.ForSaga start, int shard);
}
