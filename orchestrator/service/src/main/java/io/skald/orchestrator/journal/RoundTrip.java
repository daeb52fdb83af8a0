package io.skald.orchestrator.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Statements that travel to PostgreSQL together, with one answer, and are one transaction: all of
 * them or none.
 *
 * <p>The first of them tells the planner to find rows by index and to keep its plans. A lane's
 * plans are made when the tables are empty; left to itself the planner would read whole tables, and
 * would go on doing so while they grow.
 */
final class RoundTrip {

  private static final String BY_INDEX =
      """
      select set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true),
          set_config('enable_mergejoin', 'off', true), set_config('plan_cache_mode', 'force_generic_plan', true)\
      """;

  /** What one parameter is. */
  interface Parameter {
    void set(Connection connection, PreparedStatement statement, int index) throws SQLException;
  }

  private final StringBuilder sql = new StringBuilder(BY_INDEX);
  private final List<Parameter> parameters = new ArrayList<>();

  RoundTrip add(String statement, Parameter... values) {
    sql.append(';').append(statement);
    parameters.addAll(List.of(values));
    return this;
  }

  /**
   * Prepares all of it on a connection that commits by itself. The first result is the planner's;
   * the statements' follow.
   */
  PreparedStatement on(Connection connection) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql.toString());
    for (int i = 0; i < parameters.size(); i++) {
      parameters.get(i).set(connection, statement, i + 1);
    }
    return statement;
  }

  static Parameter of(int value) {
    return (connection, statement, index) -> statement.setInt(index, value);
  }

  static Parameter of(long value) {
    return (connection, statement, index) -> statement.setLong(index, value);
  }

  static Parameter of(Instant value) {
    return (connection, statement, index) ->
        statement.setObject(index, value.atOffset(java.time.ZoneOffset.UTC));
  }

  static <T> Parameter ints(Collection<T> rows, ToIntFunction<T> column) {
    int[] values = rows.stream().mapToInt(column).toArray();
    return (connection, statement, index) -> statement.setObject(index, values);
  }

  static <T> Parameter longs(Collection<T> rows, ToLongFunction<T> column) {
    long[] values = rows.stream().mapToLong(column).toArray();
    return (connection, statement, index) -> statement.setObject(index, values);
  }

  static <T> Parameter texts(Collection<T> rows, Function<T, String> column) {
    String[] values = rows.stream().map(column).toArray(String[]::new);
    return (connection, statement, index) -> statement.setObject(index, values);
  }

  static <T> Parameter ids(Collection<T> rows, Function<T, UUID> column) {
    UUID[] values = rows.stream().map(column).toArray(UUID[]::new);
    return (connection, statement, index) ->
        statement.setArray(index, BinaryArrays.of(connection, values));
  }

  static <T> Parameter instants(Collection<T> rows, Function<T, @Nullable Instant> column) {
    @Nullable Instant[] values = rows.stream().map(column).toArray(Instant[]::new);
    return (connection, statement, index) ->
        statement.setArray(index, BinaryArrays.of(connection, values));
  }
}
