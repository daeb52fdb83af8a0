package io.skald.orchestrator.rest;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.AgroalDataSource.FlushMode;
import io.skald.machine.SagaState;
import io.skald.machine.Transition;
import io.skald.orchestrator.journal.EntryCodec;
import io.skald.orchestrator.journal.StateCodec;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Writes as the lanes do, behind Hibernate's back, on a shard that no lane owns. */
@Singleton
public class Rows {

  private static final int NOBODYS_SHARD = 999;

  private final AgroalDataSource dataSource;
  private final AtomicLong seq = new AtomicLong();

  public Rows(AgroalDataSource dataSource) {
    this.dataSource = dataSource;
  }

  void insert(SagaState state) {
    insert(state, state.core().data());
  }

  void insert(SagaState state, String data) {
    UUID id = state.core().id().value();
    execute("delete from saga where id = ?", id);
    execute("delete from saga_ended where id = ?", id);
    boolean hasEnded = state.status().isTerminal();
    execute(
        "insert into "
            + (hasEnded ? "saga_ended" : "saga")
            + " (id, shard, place, definition, version, status, saga_key, seq, data, state,"
            + " created_at, updated_at, "
            + (hasEnded ? "ended_at" : "next_due_at")
            + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        id,
        NOBODYS_SHARD,
        state.core().place(),
        state.core().definition(),
        state.core().version(),
        state.status().name(),
        state.core().key(),
        state.core().seq(),
        data,
        StateCodec.encode(state),
        at(state.core().startedAt()),
        at(state.core().updatedAt()),
        hasEnded ? at(state.core().updatedAt()) : state.nextDueAt().map(Rows::at).orElse(null));
  }

  void insert(Transition transition) {
    execute(
        "insert into journal (shard, seq, saga_id, saga_seq, cause, body, at) values (?, ?, ?, ?,"
            + " ?, ?, ?)",
        NOBODYS_SHARD,
        seq.incrementAndGet(),
        transition.saga().value(),
        transition.seq(),
        transition.cause(),
        EntryCodec.encode(transition.entries()),
        at(transition.at()));
  }

  void clear() {
    execute("delete from saga");
    execute("delete from saga_ended");
    execute("delete from journal");
  }

  void execute(String sql, @Nullable Object... values) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      statement.execute();
    } catch (SQLException e) {
      throw new IllegalStateException("Expected to run " + sql, e);
    }
  }

  /** Empties the pool of connections that the database has cut, so that no later test meets one. */
  void forgetConnections() {
    dataSource.flush(FlushMode.INVALID);
  }

  /** Locks a table while {@code meanwhile} runs: readers wait until they lose patience. */
  void whileLocked(String table, Runnable meanwhile) {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("lock table " + table + " in access exclusive mode");
      meanwhile.run();
      connection.rollback();
    } catch (SQLException e) {
      throw new IllegalStateException("Expected to lock " + table, e);
    }
  }

  private static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
