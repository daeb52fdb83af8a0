package io.skald.participant;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** Not the command's fault but the database's or Kafka's: nothing may be answered, try again. */
public final class RetryBatchException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  public RetryBatchException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
