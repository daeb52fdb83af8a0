package io.skald.checker.real;

import java.util.Objects;
import java.util.Optional;

/**
 * Where a database is and who may read it.
 *
 * @param schema where a participant keeps its fence; empty when it is the participant's name
 */
public record Database(String jdbcUrl, String user, String password, Optional<String> schema) {

  public Database {
    Objects.requireNonNull(jdbcUrl, "jdbcUrl");
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(password, "password");
    Objects.requireNonNull(schema, "schema");
  }

  public Database(String jdbcUrl, String user, String password) {
    this(jdbcUrl, user, password, Optional.empty());
  }

  /** The same database, and the schema in it that holds the participant's fence. */
  public Database withSchema(String name) {
    return new Database(jdbcUrl, user, password, Optional.of(name));
  }

  /** Does not tell the password. */
  @Override
  public String toString() {
    return jdbcUrl + " as " + user;
  }
}
