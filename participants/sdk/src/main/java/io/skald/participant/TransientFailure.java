package io.skald.participant;

import java.io.Serial;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something went wrong that may pass. Answered {@code failed} and not recorded: the orchestrator
 * tries again by the step's retry policy, which may end at once for some codes.
 */
public class TransientFailure extends RuntimeException {

  /** The code of every exception that brings none of its own. */
  public static final String DEFAULT_CODE = "TRANSIENT";

  @Serial private static final long serialVersionUID = 1L;

  private final String code;

  /**
   * @param code short and stable, for programs, such as {@code CARRIER_AWAY}
   * @param message a sentence for people
   */
  public TransientFailure(String code, String message) {
    this(code, message, null);
  }

  public TransientFailure(String code, String message, @Nullable Throwable cause) {
    super(Objects.requireNonNull(message, "message"), cause);
    this.code = ErrorCode.checked(code);
  }

  public final String code() {
    return code;
  }
}
