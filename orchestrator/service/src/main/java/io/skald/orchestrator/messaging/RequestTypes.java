package io.skald.orchestrator.messaging;

import io.skald.machine.ParentLink;
import io.skald.saga.SubSagaCommand;
import io.skald.saga.message.MessageType;

/** What the records of the orchestrator's own request topic are called, and their headers. */
final class RequestTypes {

  static final String START = "StartSaga";
  static final String CANCEL = "CancelSaga";
  static final String RESUME = "ResumeSaga";
  static final String ABORT = "AbortSaga";
  static final String RETRY = "RetrySaga";
  static final String SKIP = "SkipStep";
  static final String SIGNAL = "SignalSaga";

  /** What sagas and those that are steps of them say to each other. */
  static final String START_CHILD = MessageType.of(SubSagaCommand.Start.class).name();

  static final String UNDO_CHILD = MessageType.of(SubSagaCommand.Undo.class).name();
  static final String RELEASE_CHILD = "ReleaseSubSaga";
  static final String CHILD_ENDED = ParentLink.ANSWER.name();

  /** The saga that a child is a step of; which step, and whose attempt, say the usual headers. */
  static final String PARENT_ID = "skald_parentid";

  static final String PARENT_KEY = "skald_parentkey";

  /** Whether the child waits, once its work is done, for what becomes of its parent. */
  static final String HELD = "skald_held";

  /** On a forwarded record: the topic that it came from. */
  static final String FORWARDED_FROM = "skald_forwardedfrom";

  /** On a start that was forwarded: the topic of the event that asked for it, if one did. */
  static final String STARTED_FROM = "skald_startedfrom";

  /** Who asks, and why. */
  static final String ACTOR = "skald_actor";

  static final String REASON = "skald_reason";

  /** On a dead letter: why, and where the record stood. */
  static final String DLQ_REASON = "skald_dlq_reason";

  static final String DLQ_TOPIC = "skald_dlq_topic";
  static final String DLQ_PARTITION = "skald_dlq_partition";
  static final String DLQ_OFFSET = "skald_dlq_offset";

  /** On a dead letter of which only the beginning is kept: how many bytes it had. */
  static final String DLQ_CUT_FROM = "skald_dlq_cut_from";

  private RequestTypes() {}
}
