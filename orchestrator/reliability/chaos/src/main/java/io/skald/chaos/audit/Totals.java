package io.skald.chaos.audit;

import io.skald.chaos.stack.ChaosStack;
import io.skald.chaos.stack.Host;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many sagas there are, and when they ended.
 *
 * @param byStatus sagas in each status
 * @param completionsPerSecond for each second of the run, how many sagas completed in it
 */
public record Totals(Map<String, Long> byStatus, List<Integer> completionsPerSecond) {

  public static Totals read(ChaosStack stack, Instant begin) throws SQLException {
    try (Connection connection = stack.connect(Host.ORCHESTRATOR)) {
      return new Totals(byStatus(connection), completions(connection, begin));
    }
  }

  public long sagas() {
    return byStatus.values().stream().mapToLong(Long::longValue).sum();
  }

  public long completed() {
    return byStatus.getOrDefault("COMPLETED", 0L);
  }

  private static Map<String, Long> byStatus(Connection connection) throws SQLException {
    String sql = "select status, count(*) from sagas group by status";
    Map<String, Long> counts = new TreeMap<>();
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        counts.put(rows.getString(1), rows.getLong(2));
      }
    }
    return counts;
  }

  private static List<Integer> completions(Connection connection, Instant begin)
      throws SQLException {
    String sql =
        """
        select floor(extract(epoch from (ended_at - ?)))::int as second, count(*)
        from saga_ended where status = 'COMPLETED' and ended_at >= ? group by 1 order by 1
        """;
    List<Integer> counts = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setTimestamp(1, Timestamp.from(begin));
      statement.setTimestamp(2, Timestamp.from(begin));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          while (counts.size() < rows.getInt(1)) {
            counts.add(0);
          }
          counts.add(rows.getInt(2));
        }
      }
    }
    return counts;
  }
}
