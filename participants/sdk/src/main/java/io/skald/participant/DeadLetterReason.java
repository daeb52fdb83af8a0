package io.skald.participant;

/** Why a record went to the dead letters: the value of header {@code skald_dlq_code}. */
public enum DeadLetterReason {
  /** A header that the wire contract asks for is not there. */
  MISSING_HEADER,
  /** A header has a value that the wire contract does not allow. */
  BAD_HEADER,
  /** No handler for a command of this name in this phase. */
  UNKNOWN_TYPE,
  /** A handler for a command of this name, but not for this version. */
  UNKNOWN_VERSION,
  /** The payload has too many bytes. */
  PAYLOAD_TOO_LARGE,
  /** The payload is nested too deeply. */
  PAYLOAD_TOO_DEEP,
  /** The payload is no JSON, or does not fit the command's type. */
  BAD_PAYLOAD
}
