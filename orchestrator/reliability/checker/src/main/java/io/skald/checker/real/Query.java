package io.skald.checker.real;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads rows, few at a time, so that a long table does not have to fit in memory twice. */
final class Query {

  private static final int AT_ONCE = 5_000;

  /** Makes something of a row. */
  interface Mapping<T> {
    T of(ResultSet row) throws SQLException;
  }

  /** Does some reading. */
  interface Work<T> {
    T with(Connection connection) throws SQLException;
  }

  private Query() {}

  /** Reads as things stood at one moment. */
  static <T> T inSnapshot(Database database, Work<T> work) throws SQLException {
    try (Connection connection =
        DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password())) {
      connection.setAutoCommit(false);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      connection.setReadOnly(true);
      T result = work.with(connection);
      connection.rollback();
      return result;
    }
  }

  static <T> List<T> list(Connection connection, String sql, Mapping<T> mapping)
      throws SQLException {
    List<T> all = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setFetchSize(AT_ONCE);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          all.add(mapping.of(rows));
        }
      }
    }
    return all;
  }

  static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  static Optional<Instant> maybeInstant(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }
}
