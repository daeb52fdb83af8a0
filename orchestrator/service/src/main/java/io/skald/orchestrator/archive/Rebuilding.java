package io.skald.orchestrator.archive;

import io.skald.orchestrator.archive.Partition.Family;
import io.skald.orchestrator.archive.Replay.Replayed;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Replays the journal, archived days included, and compares what follows with the rows that there
 * are: each column, bit for bit. Sees the database as it is at one moment, so orchestrators may run
 * while it compares; not while it writes.
 */
final class Rebuilding {

  private static final int ROWS_AT_ONCE = 500;

  private static final String TRANSITIONS =
      """
      select shard, seq, saga_seq, at, saga_id, cause, body from journal
      union all
      select shard, seq, saga_seq, at, saga_id, cause, body from archived_journal
      order by saga_id, saga_seq
      """;

  /** Of a row that is both in the database and in the archive, the former counts. */
  private static final String ROWS =
      """
      select id, shard, version, created_at, place, definition, saga_key, status, seq, updated_at,
          next_due_at, null::timestamptz as ended_at, data, state, false as archived
      from saga
      union all
      select id, shard, version, created_at, place, definition, saga_key, status, seq, updated_at,
          null, ended_at, data, state, false
      from saga_ended
      union all
      select id, shard, version, created_at, place, definition, saga_key, status, seq, updated_at,
          null, ended_at, data, state, true
      from archived_saga_ended
      order by id, archived
      """;

  private final Connection connection;
  private final ArchivedRows archived;
  private final boolean write;
  private final Set<Partition> partitions;
  private final Comparison comparison = new Comparison();

  private Rebuilding(Connection connection, ArchivedRows archived, boolean write)
      throws SQLException {
    this.connection = connection;
    this.archived = archived;
    this.write = write;
    this.partitions = new HashSet<>(Retention.partitions(connection));
  }

  /**
   * @param write whether rows that differ or miss are written as the journal says; rows without a
   *     journal are left alone
   * @return what was found, before anything was written
   * @throws IOException when the archive can't be read, or is not what its manifests say
   */
  static Comparison run(Connection connection, Optional<ArchiveStore> store, boolean write)
      throws SQLException, IOException {
    connection.setAutoCommit(false);
    try {
      Retention.execute(connection, "set local transaction_isolation = 'repeatable read'");
      Retention.execute(connection, "set local statement_timeout = 0");
      if (write) {
        Retention.execute(connection, "lock table shard, saga, saga_ended in exclusive mode");
      }
      ArchivedRows archived = new ArchivedRows(connection);
      if (store.isPresent()) {
        archived.load(store.get());
      }
      Comparison found = new Rebuilding(connection, archived, write).compareAll();
      if (write) {
        connection.commit();
      }
      return found;
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }

  private Comparison compareAll() throws SQLException {
    try (Statement first = connection.createStatement();
        Statement second = connection.createStatement()) {
      first.setFetchSize(ROWS_AT_ONCE);
      second.setFetchSize(ROWS_AT_ONCE);
      try (ResultSet transitions = first.executeQuery(TRANSITIONS);
          ResultSet rows = second.executeQuery(ROWS)) {
        merge(new Replay(transitions), new StoredRows(rows));
      }
    }
    return comparison;
  }

  private void merge(Replay replay, StoredRows rows) throws SQLException {
    Optional<Replayed> must = replay.next();
    Optional<SagaRecord> is = rows.next();
    while (must.isPresent() || is.isPresent()) {
      int order = order(must, is);
      if (order > 0) {
        comparison.isSurplus(is.orElseThrow());
      } else {
        compare(must.orElseThrow(), order == 0 ? is : Optional.empty());
      }
      must = order <= 0 ? replay.next() : must;
      is = order >= 0 ? rows.next() : is;
    }
  }

  /** As PostgreSQL sorts UUIDs, which is not as Java does. */
  private static int order(Optional<Replayed> must, Optional<SagaRecord> is) {
    if (must.isEmpty() || is.isEmpty()) {
      return must.isPresent() ? -1 : 1;
    }
    return must.get().id().toString().compareTo(is.get().id().toString());
  }

  private void compare(Replayed replayed, Optional<SagaRecord> is) throws SQLException {
    if (replayed.row().isEmpty()) {
      comparison.isUnknown(replayed);
      return;
    }
    SagaRecord must = replayed.row().get();
    if (is.isEmpty()) {
      missing(must);
      return;
    }
    List<String> differences = must.differences(is.get());
    if (differences.isEmpty()) {
      comparison.same();
    } else {
      comparison.differs(must, differences);
      mend(must);
    }
  }

  private void missing(SagaRecord must) throws SQLException {
    if (hasPlace(must) || partitionOf(must).filter(archived::has).isPresent()) {
      comparison.isMissing(must);
      mend(must);
    } else {
      comparison.wasLetGo();
    }
  }

  /** Whether the database keeps a row like this: it has not ended, or its week is still there. */
  private boolean hasPlace(SagaRecord row) {
    return partitionOf(row).map(partitions::contains).orElse(true);
  }

  private static Optional<Partition> partitionOf(SagaRecord row) {
    return row.endedAt()
        .map(ended -> LocalDate.ofInstant(ended, ZoneOffset.UTC))
        .map(day -> Partition.of(Family.SAGA_ENDED, day));
  }

  private void mend(SagaRecord must) throws SQLException {
    if (!write || !hasPlace(must)) {
      return;
    }
    execute("delete from saga where id = ?", must.id());
    execute("delete from saga_ended where id = ?", must.id());
    boolean hasEnded = must.endedAt().isPresent();
    execute(
        "insert into "
            + (hasEnded ? "saga_ended" : "saga")
            + " (id, shard, version, created_at, place, definition, saga_key, status, seq,"
            + " updated_at, "
            + (hasEnded ? "ended_at" : "next_due_at")
            + ", data, state) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        must.id(),
        must.shard(),
        must.version(),
        at(must.createdAt()),
        must.place(),
        must.definition(),
        must.key(),
        must.status(),
        must.seq(),
        at(must.updatedAt()),
        must.endedAt().or(must::nextDueAt).map(Rebuilding::at).orElse(null),
        must.data(),
        must.state());
  }

  private void execute(String sql, @Nullable Object... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      statement.executeUpdate();
    }
  }

  private static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  /** Rows sorted by id, each id once. */
  private static final class StoredRows {

    private final ResultSet rows;
    private Optional<SagaRecord> last = Optional.empty();

    StoredRows(ResultSet rows) {
      this.rows = rows;
    }

    Optional<SagaRecord> next() throws SQLException {
      while (rows.next()) {
        SagaRecord row = SagaRecord.read(rows);
        if (last.filter(former -> former.id().equals(row.id())).isEmpty()) {
          last = Optional.of(row);
          return last;
        }
      }
      return Optional.empty();
    }
  }
}
