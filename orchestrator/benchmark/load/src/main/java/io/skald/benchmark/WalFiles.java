package io.skald.benchmark;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Files for PostgreSQL's write-ahead log. A server that has run for a while writes into those of
 * its past; a new one makes each of them, 16 MB of zeros and a sync, while all commits wait for 50
 * ms: twice a second at 3,000 sagas a second. That belongs to no figure.
 */
final class WalFiles {
  /**
   * In files of 16 MB, somewhat more than is written between two checkpoints: those begin after
   * {@code max_wal_size} of 4 GB over 1.9, and the end of one gives its files back.
   */
  private static final int ENOUGH = 160;

  private WalFiles() {}

  /** Takes some seconds on a new server; on one that has the files it is a checkpoint. */
  static void makeReady(Target.Databases postgres) throws SQLException {
    try (Connection connection = postgres.connectToScratch();
        Statement statement = connection.createStatement()) {
      for (int files = count(statement); files < ENOUGH; files++) {
        statement.execute("select pg_logical_emit_message(false, 'bench', 'next file')");
        statement.execute("select pg_switch_wal()");
      }
      statement.execute("checkpoint");
    }
  }

  private static int count(Statement statement) throws SQLException {
    try (ResultSet files = statement.executeQuery("select count(*) from pg_ls_waldir()")) {
      files.next();
      return files.getInt(1);
    }
  }
}
