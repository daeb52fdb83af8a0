package io.skald.saga.message;

/**
 * The record headers of the wire contract: CloudEvents 1.0 in binary mode for Kafka, plus Skald's
 * extension attributes. Values are UTF-8 text.
 */
public final class WireHeaders {

  public static final String SPEC_VERSION = "ce_specversion";
  public static final String ID = "ce_id";

  /** The command's or event's name, see {@link MessageType#name()}. */
  public static final String TYPE = "ce_type";

  public static final String SOURCE = "ce_source";

  /** When it was sent, RFC 3339. */
  public static final String TIME = "ce_time";

  /** The saga's key: the aggregate, such as the order's id. */
  public static final String SUBJECT = "ce_subject";

  /** Always {@code application/json}. */
  public static final String CONTENT_TYPE = "content-type";

  /** The payload's schema version, see {@link MessageType#version()}. */
  public static final String DATA_VERSION = "ce_dataversion";

  public static final String SAGA_ID = "ce_sagaid";

  /** The step's name. */
  public static final String STEP = "ce_sagastep";

  /** The item's key, where the step is inside a {@code forEach}; else left out. */
  public static final String ITEM = "ce_sagaitem";

  /** See {@link Phase}. */
  public static final String PHASE = "ce_sagaphase";

  /** 1 for the first try. */
  public static final String ATTEMPT = "ce_sagaattempt";

  /** The partition that wants the reply. */
  public static final String SHARD = "ce_sagashard";

  /** The same on every attempt of a step's phase, see {@link IdempotencyKey}. */
  public static final String IDEMPOTENCY_KEY = "ce_idempotencykey";

  public static final String CORRELATION_ID = "ce_correlationid";
  public static final String CAUSATION_ID = "ce_causationid";

  /** W3C trace context. */
  public static final String TRACE_PARENT = "traceparent";

  /** On a reply, see {@link Outcome}. */
  public static final String OUTCOME = "ce_sagaoutcome";

  /** On a reply that is not a success: a short code, such as {@code INSUFFICIENT_FUNDS}. */
  public static final String ERROR_CODE = "ce_sagaerrorcode";

  /** On a reply that is not a success: a sentence for people. */
  public static final String ERROR_MESSAGE = "ce_sagaerrormessage";

  /** On messages about a saga: its definition's name. */
  public static final String DEFINITION = "ce_sagadefinition";

  /** On messages about a saga: its definition's version. */
  public static final String DEFINITION_VERSION = "ce_sagadefinitionversion";

  private WireHeaders() {}
}
