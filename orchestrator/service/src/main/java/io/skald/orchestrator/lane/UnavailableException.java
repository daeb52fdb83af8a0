package io.skald.orchestrator.lane;

import java.io.Serial;
import java.time.Duration;

/** The orchestrator can't take a request now; it can be asked again. */
public final class UnavailableException extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  private final Duration retryAfter;

  public UnavailableException(String message, Duration retryAfter) {
    super(message);
    this.retryAfter = retryAfter;
  }

  /** When it is worth asking again. */
  public Duration retryAfter() {
    return retryAfter;
  }
}
