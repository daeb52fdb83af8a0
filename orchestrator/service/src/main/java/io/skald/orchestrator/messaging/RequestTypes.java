package io.skald.orchestrator.messaging;

/** What the records of the orchestrator's own request topic are called, and their headers. */
final class RequestTypes {

  static final String START = "StartSaga";
  static final String CANCEL = "CancelSaga";
  static final String RESUME = "ResumeSaga";
  static final String ABORT = "AbortSaga";
  static final String RETRY = "RetrySaga";
  static final String SKIP = "SkipStep";
  static final String SIGNAL = "SignalSaga";

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
