package io.skald.checker.real;

import io.skald.checker.JournalRow;
import io.skald.checker.SagaHistory;
import io.skald.checker.Shard;
import io.skald.checker.StoredSaga;
import io.skald.machine.SagaStatus;
import io.skald.machine.Transition;
import io.skald.orchestrator.journal.EntryCodec;
import io.skald.orchestrator.journal.StateCodec;
import io.skald.saga.message.SagaId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** The orchestrator's own tables. */
final class SagaTables {

  private SagaTables() {}

  static List<SagaHistory> sagas(Connection connection) throws SQLException {
    Map<SagaId, List<JournalRow>> journals = new LinkedHashMap<>();
    for (JournalRow row : journal(connection)) {
      journals.computeIfAbsent(row.transition().saga(), id -> new ArrayList<>()).add(row);
    }
    Map<SagaId, StoredSaga> rows = rows(connection);
    List<SagaHistory> sagas = new ArrayList<>();
    journals.forEach(
        (id, journal) ->
            sagas.add(new SagaHistory(id, journal, Optional.ofNullable(rows.remove(id)))));
    rows.forEach((id, row) -> sagas.add(new SagaHistory(id, List.of(), Optional.of(row))));
    return sagas;
  }

  static List<Shard> shards(Connection connection) throws SQLException {
    return Query.list(
        connection,
        "select id, journal_seq, published_seq from shard order by id",
        row ->
            new Shard(row.getInt("id"), row.getLong("journal_seq"), row.getLong("published_seq")));
  }

  private static List<JournalRow> journal(Connection connection) throws SQLException {
    String sql =
        """
        select shard, seq, saga_seq, at, saga_id, cause, body from journal
        order by saga_id, saga_seq, seq
        """;
    return Query.list(connection, sql, SagaTables::journalRow);
  }

  private static JournalRow journalRow(ResultSet row) throws SQLException {
    return new JournalRow(
        row.getInt("shard"),
        row.getLong("seq"),
        new Transition(
            new SagaId(row.getObject("saga_id", UUID.class)),
            row.getLong("saga_seq"),
            Query.instant(row, "at"),
            row.getString("cause"),
            EntryCodec.decode(row.getString("body"))),
        OptionalLong.empty());
  }

  private static Map<SagaId, StoredSaga> rows(Connection connection) throws SQLException {
    String sql =
        """
        select id, version, created_at, definition, saga_key, status, seq, updated_at, next_due_at,
               data, state
        from sagas
        """;
    Map<SagaId, StoredSaga> rows = new HashMap<>();
    Query.list(connection, sql, SagaTables::storedSaga)
        .forEach(row -> rows.put(row.state().core().id(), row));
    return rows;
  }

  private static StoredSaga storedSaga(ResultSet row) throws SQLException {
    SagaStatus status = SagaStatus.valueOf(row.getString("status"));
    StateCodec.Row columns =
        new StateCodec.Row(
            new SagaId(row.getObject("id", UUID.class)),
            row.getString("definition"),
            row.getInt("version"),
            status,
            row.getString("saga_key"),
            row.getLong("seq"),
            row.getString("data"),
            row.getString("state"),
            Query.instant(row, "created_at"),
            Query.instant(row, "updated_at"));
    return new StoredSaga(
        StateCodec.decode(columns), status, columns.seq(), Query.maybeInstant(row, "next_due_at"));
  }
}
