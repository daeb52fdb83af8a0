package io.skald.orchestrator.journal;

import io.skald.machine.ParkReason;
import io.skald.machine.SagaCore;
import io.skald.machine.SagaState;
import io.skald.machine.SagaStatus;
import io.skald.machine.Transition;
import io.skald.orchestrator.lane.Batch;
import io.skald.orchestrator.lane.Batch.JournalWrite;
import io.skald.orchestrator.lane.Batch.SagaWrite;
import io.skald.orchestrator.lane.Batch.ShardWrite;
import io.skald.orchestrator.lane.Journal;
import io.skald.saga.message.SagaId;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The journal in PostgreSQL. A batch is at most four statements, however many sagas it moves: each
 * takes its rows as arrays. The shard rows come first, so that their lock and epoch decide before
 * anything else is written.
 */
public final class PostgresJournal implements Journal {

  private static final String SAGA_COLUMNS =
      "s.id, s.shard, s.definition, s.version, s.status, s.saga_key, s.seq, s.data, s.state,"
          + " s.created_at, s.updated_at";

  private final Transactions transactions;

  public PostgresJournal(DataSource dataSource) {
    this.transactions = new Transactions(dataSource);
  }

  @Override
  public Claim claim(int shard, String owner) {
    String sql =
        """
        update shard set epoch = epoch + 1, owner = ?, claimed_at = now()
        where id = ?
        returning id, epoch, journal_seq, published_seq, offsets
        """;
    return transactions.call(
        "hand over shard " + shard,
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, owner);
            statement.setInt(2, shard);
            return claimed(statement)
                .orElseThrow(
                    () -> new SQLException("Expected a row for shard " + shard + ", found none"));
          }
        });
  }

  @Override
  public Optional<Claim> reclaim(int shard, long epoch, String owner) {
    String sql =
        """
        update shard set epoch = epoch + 1, owner = ?, claimed_at = now()
        where id = ? and epoch = ?
        returning id, epoch, journal_seq, published_seq, offsets
        """;
    return transactions.call(
        "hand over shard " + shard + " once more",
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, owner);
            statement.setInt(2, shard);
            statement.setLong(3, epoch);
            return claimed(statement);
          }
        });
  }

  private static Optional<Claim> claimed(PreparedStatement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery()) {
      if (!row.next()) {
        return Optional.empty();
      }
      return Optional.of(
          new Claim(
              row.getInt("id"),
              row.getLong("epoch"),
              row.getLong("journal_seq"),
              row.getLong("published_seq"),
              Offsets.decode(row.getString("offsets"))));
    }
  }

  @Override
  public Map<SagaId, StoredSaga> load(Set<SagaId> ids) {
    String sql = "select " + SAGA_COLUMNS + " from saga s where s.id = any (?)";
    return transactions.call(
        "read " + ids.size() + " sagas",
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setArray(1, array(connection, "uuid", ids, SagaId::value));
            Map<SagaId, StoredSaga> sagas = new HashMap<>();
            try (ResultSet rows = statement.executeQuery()) {
              while (rows.next()) {
                SagaState state = state(rows);
                sagas.put(state.core().id(), new StoredSaga(state, rows.getInt("shard")));
              }
            }
            return sagas;
          }
        });
  }

  @Override
  public List<Unpublished> above(int shard, long seq) {
    String sql =
        "select j.seq as journal_seq, j.saga_seq, j.cause, j.body, j.at, "
            + SAGA_COLUMNS
            + " from journal j join saga s on s.id = j.saga_id"
            + " where j.shard = ? and j.seq > ? order by j.seq";
    return transactions.call(
        "read the journal of shard " + shard,
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setInt(1, shard);
            statement.setLong(2, seq);
            List<Unpublished> journal = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
              while (rows.next()) {
                SagaCore saga = state(rows).core();
                journal.add(
                    new Unpublished(
                        rows.getLong("journal_seq"),
                        saga,
                        new Transition(
                            saga.id(),
                            rows.getLong("saga_seq"),
                            instant(rows, "at"),
                            rows.getString("cause"),
                            EntryCodec.decode(rows.getString("body")))));
              }
            }
            return journal;
          }
        });
  }

  @Override
  public List<Wake> due(Collection<Integer> shards, Instant until, int limit) {
    String sql =
        """
        select id, shard, next_due_at from saga
        where shard = any (?) and next_due_at < ?
        order by next_due_at limit ?
        """;
    return transactions.call(
        "read what is due",
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setArray(1, array(connection, "int4", shards, Function.identity()));
            statement.setObject(2, timestamp(until));
            statement.setInt(3, limit);
            List<Wake> due = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
              while (rows.next()) {
                due.add(
                    new Wake(
                        new SagaId(rows.getObject("id", UUID.class)),
                        rows.getInt("shard"),
                        instant(rows, "next_due_at")));
              }
            }
            return due;
          }
        });
  }

  @Override
  public List<SagaId> parkedForDefinition(int shard, Collection<String> deployed) {
    String sql =
        "select " + SAGA_COLUMNS + " from saga s where s.shard = ? and s.status = 'PARKED'";
    return transactions.call(
        "read the parked sagas of shard " + shard,
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setInt(1, shard);
            List<SagaId> sagas = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
              while (rows.next()) {
                if (state(rows) instanceof SagaState.Parked parked
                    && parked.reason() == ParkReason.DEFINITION_MISSING
                    && deployed.contains(
                        parked.core().definition() + " v" + parked.core().version())) {
                  sagas.add(parked.core().id());
                }
              }
            }
            return sagas;
          }
        });
  }

  @Override
  public Set<Integer> commit(Batch batch) {
    return transactions.call(
        "commit a batch of " + batch.journal().size() + " transitions",
        connection -> {
          Set<Integer> lost = writeShards(connection, batch.shards());
          if (!lost.isEmpty()) {
            connection.rollback();
            return lost;
          }
          insertSagas(connection, batch.sagas().stream().filter(SagaWrite::isNew).toList());
          updateSagas(connection, batch.sagas().stream().filter(saga -> !saga.isNew()).toList());
          appendJournal(connection, batch.journal());
          return Set.of();
        });
  }

  /** The fence: a shard whose epoch has moved on is not written, and its owner is told. */
  private static Set<Integer> writeShards(Connection connection, List<ShardWrite> shards)
      throws SQLException {
    String sql =
        """
        update shard s
        set journal_seq = w.journal_seq, published_seq = w.published_seq, offsets = w.offsets
        from unnest(?::int4[], ?::int8[], ?::int8[], ?::int8[], ?::text[])
            as w (id, epoch, journal_seq, published_seq, offsets)
        where s.id = w.id and s.epoch = w.epoch
        returning s.id
        """;
    Set<Integer> lost = new HashSet<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setArray(1, array(connection, "int4", shards, ShardWrite::shard));
      statement.setArray(2, array(connection, "int8", shards, ShardWrite::epoch));
      statement.setArray(3, array(connection, "int8", shards, ShardWrite::journalSeq));
      statement.setArray(4, array(connection, "int8", shards, ShardWrite::publishedSeq));
      statement.setArray(
          5, array(connection, "text", shards, shard -> Offsets.encode(shard.offsets())));
      shards.forEach(shard -> lost.add(shard.shard()));
      try (ResultSet written = statement.executeQuery()) {
        while (written.next()) {
          lost.remove(written.getInt(1));
        }
      }
    }
    return lost;
  }

  private static void insertSagas(Connection connection, List<SagaWrite> sagas)
      throws SQLException {
    if (sagas.isEmpty()) {
      return;
    }
    String sql =
        """
        insert into saga (id, shard, definition, version, status, saga_key, seq, data, state,
            created_at, updated_at, next_due_at)
        select * from unnest(?::uuid[], ?::int4[], ?::text[], ?::int4[], ?::text[], ?::text[],
            ?::int8[], ?::text[], ?::text[], (?::text[])::timestamptz[], (?::text[])::timestamptz[], (?::text[])::timestamptz[])
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setArray(1, array(connection, "uuid", sagas, s -> core(s).id().value()));
      statement.setArray(2, array(connection, "int4", sagas, SagaWrite::shard));
      statement.setArray(3, array(connection, "text", sagas, s -> core(s).definition()));
      statement.setArray(4, array(connection, "int4", sagas, s -> core(s).version()));
      statement.setArray(5, array(connection, "text", sagas, s -> s.state().status().name()));
      statement.setArray(6, array(connection, "text", sagas, s -> core(s).key()));
      statement.setArray(7, array(connection, "int8", sagas, s -> core(s).seq()));
      statement.setArray(8, array(connection, "text", sagas, s -> core(s).data()));
      statement.setArray(9, array(connection, "text", sagas, s -> StateCodec.encode(s.state())));
      statement.setArray(10, instants(connection, sagas, s -> core(s).startedAt()));
      statement.setArray(11, instants(connection, sagas, s -> core(s).updatedAt()));
      statement.setArray(12, instants(connection, sagas, PostgresJournal::nextDueAt));
      statement.executeUpdate();
    }
  }

  private static void updateSagas(Connection connection, List<SagaWrite> sagas)
      throws SQLException {
    if (sagas.isEmpty()) {
      return;
    }
    String sql =
        """
        update saga s
        set status = w.status, seq = w.seq, data = w.data, state = w.state,
            updated_at = w.updated_at, next_due_at = w.next_due_at
        from unnest(?::uuid[], ?::text[], ?::int8[], ?::text[], ?::text[], (?::text[])::timestamptz[],
            (?::text[])::timestamptz[]) as w (id, status, seq, data, state, updated_at, next_due_at)
        where s.id = w.id
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setArray(1, array(connection, "uuid", sagas, s -> core(s).id().value()));
      statement.setArray(2, array(connection, "text", sagas, s -> s.state().status().name()));
      statement.setArray(3, array(connection, "int8", sagas, s -> core(s).seq()));
      statement.setArray(4, array(connection, "text", sagas, s -> core(s).data()));
      statement.setArray(5, array(connection, "text", sagas, s -> StateCodec.encode(s.state())));
      statement.setArray(6, instants(connection, sagas, s -> core(s).updatedAt()));
      statement.setArray(7, instants(connection, sagas, PostgresJournal::nextDueAt));
      int written = statement.executeUpdate();
      if (written != sagas.size()) {
        throw new SQLException(
            "Expected to update " + sagas.size() + " sagas, but found only " + written);
      }
    }
  }

  private static void appendJournal(Connection connection, List<JournalWrite> journal)
      throws SQLException {
    if (journal.isEmpty()) {
      return;
    }
    String sql =
        """
        insert into journal (shard, seq, saga_id, saga_seq, cause, body, at)
        select * from unnest(?::int4[], ?::int8[], ?::uuid[], ?::int8[], ?::text[], ?::text[],
            (?::text[])::timestamptz[])
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setArray(1, array(connection, "int4", journal, JournalWrite::shard));
      statement.setArray(2, array(connection, "int8", journal, JournalWrite::seq));
      statement.setArray(3, array(connection, "uuid", journal, j -> j.transition().saga().value()));
      statement.setArray(4, array(connection, "int8", journal, j -> j.transition().seq()));
      statement.setArray(5, array(connection, "text", journal, j -> j.transition().cause()));
      statement.setArray(
          6, array(connection, "text", journal, j -> EntryCodec.encode(j.transition().entries())));
      statement.setArray(7, instants(connection, journal, j -> j.transition().at()));
      statement.executeUpdate();
    }
  }

  private static SagaCore core(SagaWrite write) {
    return write.state().core();
  }

  private static @Nullable Instant nextDueAt(SagaWrite write) {
    return write.state().nextDueAt().orElse(null);
  }

  private static SagaState state(ResultSet row) throws SQLException {
    return StateCodec.decode(
        new StateCodec.Row(
            new SagaId(row.getObject("id", UUID.class)),
            row.getString("definition"),
            row.getInt("version"),
            SagaStatus.valueOf(row.getString("status")),
            row.getString("saga_key"),
            row.getLong("seq"),
            row.getString("data"),
            row.getString("state"),
            instant(row, "created_at"),
            instant(row, "updated_at")));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  private static OffsetDateTime timestamp(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  private static <T> Array array(
      Connection connection, String type, Collection<T> rows, Function<T, ?> column)
      throws SQLException {
    return connection.createArrayOf(type, rows.stream().map(column).toArray());
  }

  /** As text, which PostgreSQL reads as it is; the driver has no array of instants. */
  private static <T> Array instants(
      Connection connection, Collection<T> rows, Function<T, @Nullable Instant> column)
      throws SQLException {
    @Nullable String[] texts = new String[rows.size()];
    int i = 0;
    for (T row : rows) {
      Instant instant = column.apply(row);
      texts[i++] = instant == null ? null : instant.toString();
    }
    return connection.createArrayOf("text", texts);
  }
}
