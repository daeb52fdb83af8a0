package io.skald.benchmark;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * How many rows this machine commits: 8 connections, each inserting rows of 200 bytes for some
 * seconds, by JDBC with prepared statements. A rate of sagas divided by it can be compared with
 * another day's or another machine's.
 *
 * @param singleRowCommitsPerSecond each row in a commit of its own
 * @param batchedRowsPerSecond in batches of {@value #BATCH} rows to a commit
 */
record Yardstick(double singleRowCommitsPerSecond, double batchedRowsPerSecond) {
  private static final int CONNECTIONS = 8;
  private static final int BATCH = 50;
  private static final Duration WARM_UP = Duration.ofSeconds(1);
  private static final String PAYLOAD = "x".repeat(200);

  /** Takes twice that time. Leaves no table behind, and no checkpoint that is due. */
  static Yardstick measure(Target.Databases postgres, Duration each)
      throws SQLException, InterruptedException {
    run(
        postgres,
        "drop table if exists yardstick",
        "create table yardstick"
            + " (id bigserial primary key, saga uuid not null, payload text not null)");
    Yardstick measured = new Yardstick(rate(postgres, each, 1), rate(postgres, each, BATCH));
    run(postgres, "drop table yardstick", "checkpoint");
    return measured;
  }

  private static double rate(Target.Databases postgres, Duration duration, int rowsPerCommit)
      throws SQLException, InterruptedException {
    long from = System.nanoTime() + WARM_UP.toNanos();
    long to = from + duration.toNanos();
    try (ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS)) {
      List<Future<Long>> counts = new ArrayList<>();
      for (int i = 0; i < CONNECTIONS; i++) {
        counts.add(threads.submit(() -> insert(postgres, rowsPerCommit, from, to)));
      }
      long rows = 0;
      for (Future<Long> count : counts) {
        rows += count.get();
      }
      return rows * 1e9 / duration.toNanos();
    } catch (ExecutionException e) {
      throw new SQLException(
          "The yardstick at " + postgres.scratch() + " failed: " + e.getCause(), e);
    }
  }

  private static long insert(Target.Databases postgres, int rowsPerCommit, long from, long to)
      throws SQLException {
    try (Connection connection = postgres.connectToScratch();
        PreparedStatement insert =
            connection.prepareStatement("insert into yardstick (saga, payload) values (?, ?)")) {
      connection.setAutoCommit(rowsPerCommit == 1);
      long counted = 0;
      while (true) {
        for (int row = 0; row < rowsPerCommit; row++) {
          insert.setObject(1, UUID.randomUUID());
          insert.setString(2, PAYLOAD);
          insert.addBatch();
        }
        insert.executeBatch();
        if (rowsPerCommit > 1) {
          connection.commit();
        }
        long now = System.nanoTime();
        if (now - to >= 0) {
          return counted;
        }
        if (now - from >= 0) {
          counted += rowsPerCommit;
        }
      }
    }
  }

  private static void run(Target.Databases postgres, String... commands) throws SQLException {
    try (Connection connection = postgres.connectToScratch();
        Statement statement = connection.createStatement()) {
      for (String command : commands) {
        statement.execute(command);
      }
    }
  }
}
