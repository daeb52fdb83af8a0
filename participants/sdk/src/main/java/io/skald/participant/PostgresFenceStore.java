package io.skald.participant;

import io.agroal.api.AgroalDataSource;
import io.skald.saga.message.MessageType;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.StepName;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Fence rows in PostgreSQL: for a whole batch, one statement that reads and one that writes. */
@Singleton
final class PostgresFenceStore implements FenceStore {

  private static final int FORGET_AT_ONCE = 5_000;

  private final AgroalDataSource dataSource;

  @Inject
  PostgresFenceStore(AgroalDataSource dataSource) {
    this.dataSource = dataSource;
  }

  @Override
  public Map<FenceKey, FenceRow> find(String schema, Collection<FenceKey> keys) {
    // One order for all, so that two owners of the same rows wait for each other in one direction.
    List<FenceKey> sorted = keys.stream().distinct().sorted().toList();
    try (Connection connection = dataSource.getConnection()) {
      List<FenceKey> known = known(connection, schema, sorted);
      return known.isEmpty() ? Map.of() : lock(connection, schema, known);
    } catch (SQLException e) {
      // The transaction's first statements: no handler can be at fault.
      throw new RetryBatchException(
          "Could not look up the fence rows of '" + schema + "': " + e.getMessage(), e);
    }
  }

  /** By far the most commands come once and find nothing, so there is nothing to lock either. */
  private static List<FenceKey> known(Connection connection, String schema, List<FenceKey> keys)
      throws SQLException {
    // LATERAL with a LIMIT: one probe of the primary key for each, whatever the table's size was
    // when the statement was planned.
    String sql =
        """
        SELECT f.saga_id, f.step, f.item
        FROM unnest(?::uuid[], ?::text[], ?::text[]) AS k (saga_id, step, item)
        CROSS JOIN LATERAL (
          SELECT saga_id, step, item FROM "%s".fence
          WHERE saga_id = k.saga_id AND step = k.step AND item = k.item
          LIMIT 1) f
        """
            .formatted(schema);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bindKeys(statement, keys);
      List<FenceKey> known = new ArrayList<>();
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          known.add(key(result));
        }
      }
      return known;
    }
  }

  private static Map<FenceKey, FenceRow> lock(
      Connection connection, String schema, List<FenceKey> keys) throws SQLException {
    String sql =
        """
        SELECT f.saga_id, f.step, f.item, f.state,
               f.action_type, f.action_version, f.action_reply,
               f.compensation_type, f.compensation_version, f.compensation_reply
        FROM unnest(?::uuid[], ?::text[], ?::text[]) AS k (saga_id, step, item)
        CROSS JOIN LATERAL (
          SELECT * FROM "%s".fence
          WHERE saga_id = k.saga_id AND step = k.step AND item = k.item
          LIMIT 1 FOR UPDATE) f
        """
            .formatted(schema);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bindKeys(statement, keys);
      Map<FenceKey, FenceRow> rows = new HashMap<>();
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          rows.put(
              key(result),
              new FenceRow(
                  FenceState.valueOf(result.getString("state")),
                  reply(result, "action"),
                  reply(result, "compensation")));
        }
      }
      return rows;
    }
  }

  @Override
  public void add(String schema, Map<FenceKey, FenceRow> added) {
    int written = write(schema, added, "ON CONFLICT DO NOTHING");
    if (written != added.size()) {
      throw new RetryBatchException(
          "Expected to add "
              + added.size()
              + " fence rows to '"
              + schema
              + "', but another process has just added "
              + (added.size() - written)
              + " of them",
          null);
    }
  }

  @Override
  public void change(String schema, Map<FenceKey, FenceRow> changed) {
    // Found by the primary key whatever the planner thinks, which an UPDATE of many rows is not.
    write(
        schema,
        changed,
        """
        ON CONFLICT (saga_id, step, item) DO UPDATE
        SET state = excluded.state,
            compensation_type = excluded.compensation_type,
            compensation_version = excluded.compensation_version,
            compensation_reply = excluded.compensation_reply,
            updated_at = now()
        """);
  }

  private int write(String schema, Map<FenceKey, FenceRow> written, String onConflict) {
    if (written.isEmpty()) {
      return 0;
    }
    String sql =
        """
        INSERT INTO "%s".fence
          (saga_id, step, item, state, action_type, action_version, action_reply,
           compensation_type, compensation_version, compensation_reply)
        SELECT * FROM unnest(?::uuid[], ?::text[], ?::text[], ?::text[],
                             ?::text[], ?::integer[], ?::text[], ?::text[], ?::integer[], ?::text[])
        """
            .formatted(schema);
    List<FenceKey> keys = written.keySet().stream().sorted().toList();
    List<FenceRow> rows = keys.stream().map(written::get).toList();
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql + onConflict)) {
      bindKeys(statement, keys);
      statement.setArray(
          4,
          connection.createArrayOf(
              "text", rows.stream().map(row -> row.state().name()).toArray(String[]::new)));
      bindReplies(statement, 5, rows, FenceRow::actionReply);
      bindReplies(statement, 8, rows, FenceRow::compensationReply);
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw new DatabaseException("Could not write the fence rows of '" + schema + "'", e);
    }
  }

  @Override
  public long forget(String schema, Instant unchangedSince) {
    String sql =
        """
        DELETE FROM "%s".fence
        WHERE ctid = ANY (ARRAY(
          SELECT ctid FROM "%s".fence WHERE created_at < ? AND updated_at < ?
          LIMIT %d FOR UPDATE SKIP LOCKED))
        """
            .formatted(schema, schema, FORGET_AT_ONCE);
    Timestamp limit = Timestamp.from(unchangedSince);
    long forgotten = 0;
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      int deleted;
      do {
        statement.setTimestamp(1, limit);
        statement.setTimestamp(2, limit);
        deleted = statement.executeUpdate();
        forgotten += deleted;
      } while (deleted == FORGET_AT_ONCE);
    } catch (SQLException e) {
      throw new DatabaseException("Could not forget old fence rows of '" + schema + "'", e);
    }
    return forgotten;
  }

  private static void bindKeys(PreparedStatement statement, List<FenceKey> keys)
      throws SQLException {
    Connection connection = statement.getConnection();
    statement.setArray(
        1,
        connection.createArrayOf(
            "uuid", keys.stream().map(key -> key.saga().value()).toArray(UUID[]::new)));
    statement.setArray(
        2,
        connection.createArrayOf(
            "text", keys.stream().map(key -> key.step().value()).toArray(String[]::new)));
    statement.setArray(
        3,
        connection.createArrayOf(
            "text", keys.stream().map(key -> key.step().item()).toArray(String[]::new)));
  }

  private static void bindReplies(
      PreparedStatement statement,
      int from,
      List<FenceRow> rows,
      Function<FenceRow, @Nullable RecordedReply> reply)
      throws SQLException {
    @Nullable String[] types = new @Nullable String[rows.size()];
    @Nullable Integer[] versions = new @Nullable Integer[rows.size()];
    @Nullable String[] payloads = new @Nullable String[rows.size()];
    for (int i = 0; i < rows.size(); i++) {
      RecordedReply recorded = reply.apply(rows.get(i));
      if (recorded != null) {
        types[i] = recorded.type().name();
        versions[i] = recorded.type().version();
        payloads[i] = recorded.payload();
      }
    }
    Connection connection = statement.getConnection();
    statement.setArray(from, connection.createArrayOf("text", types));
    statement.setArray(from + 1, connection.createArrayOf("int4", versions));
    statement.setArray(from + 2, connection.createArrayOf("text", payloads));
  }

  private static FenceKey key(ResultSet result) throws SQLException {
    return new FenceKey(
        new SagaId(result.getObject("saga_id", UUID.class)),
        new StepName(result.getString("step"), result.getString("item")));
  }

  private static @Nullable RecordedReply reply(ResultSet result, String phase) throws SQLException {
    String type = result.getString(phase + "_type");
    return type == null
        ? null
        : new RecordedReply(
            new MessageType(type, result.getInt(phase + "_version")),
            result.getString(phase + "_reply"));
  }
}
