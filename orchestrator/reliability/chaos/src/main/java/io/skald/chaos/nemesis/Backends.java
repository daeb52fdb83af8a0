package io.skald.chaos.nemesis;

import io.skald.standalone.PostgresNode;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Ends connections from PostgreSQL's side, in the midst of whatever they do. */
final class Backends {

  private static final String QUICKLY = "?connectTimeout=2&socketTimeout=5";

  /** Connects as one who may end others. */
  interface Connector {
    Connection connect() throws SQLException;
  }

  private final Connector server;

  Backends(Connector server) {
    this.server = server;
  }

  static Backends of(PostgresNode postgres) {
    return new Backends(
        () ->
            DriverManager.getConnection(
                postgres.jdbcUrl("postgres") + QUICKLY, postgres.username(), postgres.password()));
  }

  /**
   * Ends half of a database's connections, at least one. Does nothing while it is away.
   *
   * @return whether one was ended
   */
  boolean terminateSome(String database, Random random) {
    boolean hit = false;
    try (Connection connection = server.connect()) {
      List<Integer> pids = pids(connection, database);
      Collections.shuffle(pids, random);
      String sql = "select pg_terminate_backend(?)";
      for (int pid : pids.subList(0, (pids.size() + 1) / 2)) {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
          statement.setInt(1, pid);
          try (ResultSet row = statement.executeQuery()) {
            hit |= row.next() && row.getBoolean(1);
          }
        }
      }
    } catch (SQLException away) {
      // Another fault has its turn with the server.
    }
    return hit;
  }

  private static List<Integer> pids(Connection connection, String database) throws SQLException {
    String sql = "select pid from pg_stat_activity where datname = ? order by pid";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, database);
      List<Integer> pids = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          pids.add(rows.getInt(1));
        }
      }
      return pids;
    }
  }
}
