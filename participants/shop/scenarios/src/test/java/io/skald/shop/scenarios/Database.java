package io.skald.shop.scenarios;

import io.skald.standalone.PostgresNode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** One database of the stack, read past those who own it. */
final class Database {

  private final PostgresNode server;
  private final String name;

  Database(PostgresNode server, String name) {
    this.server = server;
    this.name = name;
  }

  /** Makes something of the row at which the result stands. */
  interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  <T> List<T> query(String sql, RowReader<T> reader, Object... arguments) {
    try (Connection connection = server.connect(name);
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < arguments.length; i++) {
        statement.setObject(i + 1, arguments[i]);
      }
      List<T> found = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(reader.read(rows));
        }
      }
      return found;
    } catch (SQLException e) {
      throw new IllegalStateException("Expected database '" + name + "' to answer: " + sql, e);
    }
  }

  /** Changes something behind the back of those who own it. */
  void change(String sql, Object... arguments) {
    try (Connection connection = server.connect(name);
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < arguments.length; i++) {
        statement.setObject(i + 1, arguments[i]);
      }
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("Expected database '" + name + "' to take: " + sql, e);
    }
  }

  /** Where it is, for the checker. */
  io.skald.checker.real.Database address() {
    return new io.skald.checker.real.Database(
        server.jdbcUrl(name), server.username(), server.password());
  }

  /** Keeps everybody else from a table while something runs. */
  void whileLocked(String table, Runnable meanwhile) {
    try (Connection connection = server.connect(name);
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("lock table " + table + " in access exclusive mode");
      meanwhile.run();
      connection.rollback();
    } catch (SQLException e) {
      throw new IllegalStateException("Expected to lock " + table + " of '" + name + "'", e);
    }
  }

  /** The first column of all rows. */
  List<String> lines(String sql, Object... arguments) {
    return query(sql, row -> row.getString(1), arguments);
  }

  /** The first column of the only row. */
  long number(String sql, Object... arguments) {
    return query(sql, row -> row.getLong(1), arguments).getFirst();
  }
}
