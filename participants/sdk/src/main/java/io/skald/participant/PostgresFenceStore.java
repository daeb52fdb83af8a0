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

/** Fence rows in PostgreSQL: two or three statements for a whole batch. */
@Singleton
final class PostgresFenceStore implements FenceStore {

  private static final int FORGET_AT_ONCE = 5_000;

  private final AgroalDataSource dataSource;

  @Inject
  PostgresFenceStore(AgroalDataSource dataSource) {
    this.dataSource = dataSource;
  }

  @Override
  public Map<FenceKey, FenceRow> claim(String schema, Collection<FenceKey> keys) {
    // One order for all, so that two owners of the same rows wait for each other in one direction.
    List<FenceKey> missing = new ArrayList<>(keys.stream().distinct().sorted().toList());
    Map<FenceKey, FenceRow> rows = new HashMap<>();
    try (Connection connection = dataSource.getConnection()) {
      for (FenceKey key : insert(connection, schema, missing)) {
        rows.put(key, FenceRow.OPEN);
      }
      missing.removeAll(rows.keySet());
      if (!missing.isEmpty()) {
        rows.putAll(lock(connection, schema, missing));
        missing.removeAll(rows.keySet());
      }
    } catch (SQLException e) {
      // The transaction's first statement: no handler can be at fault.
      throw new RetryBatchException(
          "Could not claim the fence rows of '" + schema + "': " + e.getMessage(), e);
    }
    if (!missing.isEmpty()) {
      throw new RetryBatchException(
          "Fence rows " + missing + " went away while they were being claimed", null);
    }
    return rows;
  }

  private static List<FenceKey> insert(Connection connection, String schema, List<FenceKey> keys)
      throws SQLException {
    String sql =
        """
        INSERT INTO "%s".fence (saga_id, step, item, state)
        SELECT saga_id, step, item, 'OPEN'
        FROM unnest(?::uuid[], ?::text[], ?::text[]) AS k (saga_id, step, item)
        ON CONFLICT DO NOTHING
        RETURNING saga_id, step, item
        """
            .formatted(schema);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bindKeys(statement, keys);
      List<FenceKey> inserted = new ArrayList<>(keys.size());
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          inserted.add(key(result));
        }
      }
      return inserted;
    }
  }

  private static Map<FenceKey, FenceRow> lock(
      Connection connection, String schema, List<FenceKey> keys) throws SQLException {
    String sql =
        """
        SELECT f.saga_id, f.step, f.item, f.state,
               f.action_type, f.action_version, f.action_reply,
               f.compensation_type, f.compensation_version, f.compensation_reply
        FROM "%s".fence f
        JOIN unnest(?::uuid[], ?::text[], ?::text[]) AS k (saga_id, step, item)
          ON f.saga_id = k.saga_id AND f.step = k.step AND f.item = k.item
        ORDER BY f.saga_id, f.step, f.item
        FOR UPDATE OF f
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
  public void save(String schema, Map<FenceKey, FenceRow> changed) {
    if (changed.isEmpty()) {
      return;
    }
    String sql =
        """
        UPDATE "%s".fence f
        SET state = u.state,
            action_type = u.action_type,
            action_version = u.action_version,
            action_reply = u.action_reply,
            compensation_type = u.compensation_type,
            compensation_version = u.compensation_version,
            compensation_reply = u.compensation_reply,
            updated_at = now()
        FROM unnest(?::uuid[], ?::text[], ?::text[], ?::text[],
                    ?::text[], ?::integer[], ?::text[], ?::text[], ?::integer[], ?::text[])
          AS u (saga_id, step, item, state, action_type, action_version, action_reply,
                compensation_type, compensation_version, compensation_reply)
        WHERE f.saga_id = u.saga_id AND f.step = u.step AND f.item = u.item
        """
            .formatted(schema);
    List<FenceKey> keys = List.copyOf(changed.keySet());
    List<FenceRow> rows = keys.stream().map(changed::get).toList();
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      bindKeys(statement, keys);
      statement.setArray(
          4,
          connection.createArrayOf(
              "text", rows.stream().map(row -> row.state().name()).toArray(String[]::new)));
      bindReplies(statement, 5, rows, FenceRow::actionReply);
      bindReplies(statement, 8, rows, FenceRow::compensationReply);
      int updated = statement.executeUpdate();
      if (updated != keys.size()) {
        throw new IllegalStateException(
            "Expected to write " + keys.size() + " fence rows, but wrote " + updated);
      }
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
        connection.createArrayOf("text", keys.stream().map(FenceKey::item).toArray(String[]::new)));
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
        new StepName(result.getString("step")),
        result.getString("item"));
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
