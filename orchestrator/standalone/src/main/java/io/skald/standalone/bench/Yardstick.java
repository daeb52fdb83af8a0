package io.skald.standalone.bench;

import java.sql.Connection;
import java.sql.DriverManager;
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
 * How many rows this machine commits one by one: 8 connections, each inserting a row of 200 bytes
 * and committing it, for some seconds, by JDBC with prepared statements. A rate of sagas divided by
 * it can be compared with another day's or another machine's.
 */
final class Yardstick {
  private static final int CONNECTIONS = 8;
  private static final Duration WARM_UP = Duration.ofSeconds(1);
  private static final String PAYLOAD = "x".repeat(200);

  private Yardstick() {}

  /** Rows a second. */
  static double singleRowCommitsPerSecond(Target.Databases postgres, Duration duration)
      throws SQLException, InterruptedException {
    String url = postgres.scratch();
    try (Connection connection = connect(postgres);
        Statement statement = connection.createStatement()) {
      statement.execute("drop table if exists yardstick");
      statement.execute(
          "create table yardstick (id bigserial primary key, saga uuid not null, payload text not"
              + " null)");
    }
    long from = System.nanoTime() + WARM_UP.toNanos();
    long to = from + duration.toNanos();
    try (ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS)) {
      List<Future<Long>> counts = new ArrayList<>();
      for (int i = 0; i < CONNECTIONS; i++) {
        counts.add(threads.submit(() -> insert(postgres, from, to)));
      }
      long rows = 0;
      for (Future<Long> count : counts) {
        rows += count.get();
      }
      return rows * 1e9 / duration.toNanos();
    } catch (ExecutionException e) {
      throw new SQLException("The yardstick at " + url + " failed: " + e.getCause(), e);
    }
  }

  private static long insert(Target.Databases postgres, long from, long to) throws SQLException {
    try (Connection connection = connect(postgres);
        PreparedStatement insert =
            connection.prepareStatement("insert into yardstick (saga, payload) values (?, ?)")) {
      long counted = 0;
      while (true) {
        insert.setObject(1, UUID.randomUUID());
        insert.setString(2, PAYLOAD);
        insert.executeUpdate();
        long now = System.nanoTime();
        if (now - to >= 0) {
          return counted;
        }
        if (now - from >= 0) {
          counted++;
        }
      }
    }
  }

  private static Connection connect(Target.Databases postgres) throws SQLException {
    return DriverManager.getConnection(
        postgres.scratch(), postgres.username(), postgres.password());
  }
}
