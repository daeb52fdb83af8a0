package io.skald.participant;

import java.io.Serial;
import java.sql.SQLException;

/** A statement of the SDK's own went wrong, be it through what a handler did before it. */
final class DatabaseException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  DatabaseException(String message, SQLException cause) {
    super(message + ": " + cause.getMessage(), cause);
  }
}
