package io.skald.checker.real;

import java.util.Objects;

/** Where a database is and who may read it. */
public record Database(String jdbcUrl, String user, String password) {

  public Database {
    Objects.requireNonNull(jdbcUrl, "jdbcUrl");
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(password, "password");
  }

  /** Does not tell the password. */
  @Override
  public String toString() {
    return jdbcUrl + " as " + user;
  }
}
