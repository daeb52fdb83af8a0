package io.skald.benchmark;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * What PostgreSQL has counted since its start. Its sessions report up to a second late, so a
 * difference over some seconds is a little blurred.
 *
 * @param commits of all databases
 * @param walBytes written to the write-ahead log
 * @param walSyncs of the write-ahead log to disk
 */
record PostgresCounters(long commits, long walBytes, long walSyncs) {

  private static final String COUNTERS =
      """
      select (select sum(xact_commit) from pg_stat_database)::bigint,
             (select wal_bytes from pg_stat_wal)::bigint,
             (select coalesce(sum(fsyncs), 0) from pg_stat_io where object = 'wal')::bigint
      """;
  private static final String UNFINISHED =
      "select count(*) from saga where status in ('QUEUED', 'RUNNING', 'COMPENSATING', 'PARKED')";

  static PostgresCounters read(Target.Databases postgres) throws SQLException {
    try (Connection connection = connect(postgres);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(COUNTERS)) {
      row.next();
      return new PostgresCounters(row.getLong(1), row.getLong(2), row.getLong(3));
    }
  }

  /** How many sagas are not terminal, whoever has started them. */
  static long unfinishedSagas(Target.Databases postgres) throws SQLException {
    try (Connection connection = connect(postgres);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(UNFINISHED)) {
      row.next();
      return row.getLong(1);
    }
  }

  /** As the server says it. */
  static String version(Target.Databases postgres) throws SQLException {
    try (Connection connection = connect(postgres);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("show server_version")) {
      row.next();
      return row.getString(1);
    }
  }

  PostgresCounters since(PostgresCounters earlier) {
    return new PostgresCounters(
        commits - earlier.commits, walBytes - earlier.walBytes, walSyncs - earlier.walSyncs);
  }

  private static Connection connect(Target.Databases postgres) throws SQLException {
    return DriverManager.getConnection(postgres.sagas(), postgres.username(), postgres.password());
  }
}
