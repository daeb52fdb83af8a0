package io.skald.standalone;

/**
 * A part of the stack could not be started, reached or stopped. The message is written for the one
 * who ran it: what was expected, of which part, what was found, and the way out.
 */
public final class StandaloneException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String message;

  public StandaloneException(String message) {
    super(message);
    this.message = message;
  }

  public StandaloneException(String message, Throwable cause) {
    super(message, cause);
    this.message = message;
  }

  @Override
  public String getMessage() {
    return message;
  }
}
