package io.skald.saga.message;

import java.io.Serial;

/** A payload is not JSON, or does not fit its type. It will not get better by trying again. */
public final class UnreadablePayloadException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  public UnreadablePayloadException(String message, Throwable cause) {
    super(message, cause);
  }
}
