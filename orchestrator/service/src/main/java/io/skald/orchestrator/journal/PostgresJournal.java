package io.skald.orchestrator.journal;

import io.skald.machine.ParkReason;
import io.skald.machine.SagaState;
import io.skald.machine.SagaStatus;
import io.skald.machine.Transition;
import io.skald.orchestrator.lane.Batch;
import io.skald.orchestrator.lane.Journal;
import io.skald.saga.message.SagaId;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** The journal in PostgreSQL. Each method is one round trip, and so a transaction of its own. */
public final class PostgresJournal implements Journal {

  /** What {@code require_shards} says when the fence has fallen. */
  private static final String FENCED = "SK001";

  private static final String SAGA_COLUMNS =
      "id, shard, definition, version, status, saga_key, seq, data, state, created_at, updated_at";

  /**
   * Only what does not live is looked for among the ended, in each of their partitions; the planner
   * has the key's index and nothing else to do it with (ADR 0009, ADR 0012).
   */
  private static final String LOAD =
      """
      with live as (select %1$s from saga where id = any (?::uuid[]))
      select %1$s from live
      union all
      select %1$s from saga_ended
      where id = any (array(select unnest(?::uuid[]) except select id from live)) and ended_at >= ?
      """
          .formatted(SAGA_COLUMNS);

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
    return transactions.autocommit(
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
    return transactions.autocommit(
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
    if (ids.isEmpty()) {
      return Map.of();
    }
    RoundTrip trip =
        new RoundTrip()
            .add(
                LOAD,
                RoundTrip.ids(ids, SagaId::value),
                RoundTrip.ids(ids, SagaId::value),
                RoundTrip.of(SagaAges.oldest(ids)));
    Map<SagaId, StoredSaga> sagas = new HashMap<>();
    read(
        "read " + ids.size() + " sagas",
        trip,
        row -> {
          SagaState state = state(row);
          sagas.put(state.core().id(), new StoredSaga(state, row.getInt("shard")));
        });
    return sagas;
  }

  @Override
  public List<Unpublished> above(int shard, long seq) {
    String sql =
        """
        select seq, saga_id, saga_seq, cause, body, at from journal
        where shard = ? and seq > ? order by seq
        """;
    Map<Long, Transition> transitions = new LinkedHashMap<>();
    read(
        "read the journal of shard " + shard,
        new RoundTrip().add(sql, RoundTrip.of(shard), RoundTrip.of(seq)),
        row ->
            transitions.put(
                row.getLong("seq"),
                new Transition(
                    new SagaId(row.getObject("saga_id", UUID.class)),
                    row.getLong("saga_seq"),
                    instant(row, "at"),
                    row.getString("cause"),
                    EntryCodec.decode(row.getString("body")))));
    Map<SagaId, StoredSaga> sagas =
        load(transitions.values().stream().map(Transition::saga).collect(Collectors.toSet()));
    List<Unpublished> unpublished = new ArrayList<>();
    transitions.forEach(
        (number, transition) -> {
          StoredSaga saga = sagas.get(transition.saga());
          if (saga != null) {
            unpublished.add(new Unpublished(number, saga.state().core(), transition));
          }
        });
    return unpublished;
  }

  /**
   * What has ended or moved on leaves entries in the index until a vacuum, thousands a second; the
   * lower bound keeps every look from going through all of them.
   */
  @Override
  public List<Wake> due(Collection<Integer> shards, Instant from, Instant until, int limit) {
    String sql =
        """
        select due.id, due.shard, due.next_due_at from unnest(?::int4[]) as mine (shard)
        cross join lateral (
          select id, shard, next_due_at from saga
          where shard = mine.shard and next_due_at >= ? and next_due_at < ?
          order by next_due_at limit ?) due
        order by due.next_due_at limit ?
        """;
    RoundTrip trip =
        new RoundTrip()
            .add(
                sql,
                RoundTrip.ints(shards, Integer::intValue),
                RoundTrip.of(from),
                RoundTrip.of(until),
                RoundTrip.of(limit),
                RoundTrip.of(limit));
    List<Wake> due = new ArrayList<>();
    read(
        "read what is due",
        trip,
        row ->
            due.add(
                new Wake(
                    new SagaId(row.getObject("id", UUID.class)),
                    row.getInt("shard"),
                    instant(row, "next_due_at"))));
    return due;
  }

  @Override
  public List<SagaId> parkedForDefinition(int shard, Collection<String> deployed) {
    String sql = "select " + SAGA_COLUMNS + " from saga where shard = ? and status = 'PARKED'";
    List<SagaId> sagas = new ArrayList<>();
    read(
        "read the parked sagas of shard " + shard,
        new RoundTrip().add(sql, RoundTrip.of(shard)),
        row -> {
          if (state(row) instanceof SagaState.Parked parked
              && parked.reason() == ParkReason.DEFINITION_MISSING
              && deployed.contains(parked.core().definition() + " v" + parked.core().version())) {
            sagas.add(parked.core().id());
          }
        });
    return sagas;
  }

  @Override
  public Map<Line, List<Contender>> contenders(Set<Line> lines) {
    String sql =
        """
        select line.shard, line.definition, line.saga_key, standing.id, standing.place,
            standing.status
        from unnest(?::int4[], ?::text[], ?::text[]) as line (shard, definition, saga_key)
        cross join lateral (
          select id, place, status from saga
          where shard = line.shard and definition = line.definition and saga_key = line.saga_key
              and place > 0
          order by place) standing
        """;
    RoundTrip trip =
        new RoundTrip()
            .add(
                sql,
                RoundTrip.ints(lines, Line::shard),
                RoundTrip.texts(lines, Line::definition),
                RoundTrip.texts(lines, Line::key));
    Map<Line, List<Contender>> contenders = new HashMap<>();
    read(
        "read who stands in " + lines.size() + " lines",
        trip,
        row ->
            contenders
                .computeIfAbsent(
                    new Line(
                        row.getInt("shard"),
                        row.getString("definition"),
                        row.getString("saga_key")),
                    none -> new ArrayList<>())
                .add(
                    new Contender(
                        new SagaId(row.getObject("id", UUID.class)),
                        row.getLong("place"),
                        row.getString("status").equals(SagaStatus.QUEUED.name()))));
    return contenders;
  }

  @Override
  public Set<Integer> commit(Batch batch) {
    RoundTrip trip = new BatchWriter(batch).roundTrip();
    return transactions.autocommit(
        "commit a batch of " + batch.journal().size() + " transitions",
        connection -> {
          try (PreparedStatement statement = trip.on(connection)) {
            statement.execute();
            return Set.of();
          } catch (PSQLException refused) {
            return lostShards(refused);
          }
        });
  }

  /** The shards that another owner has taken, when that is why nothing was written. */
  private static Set<Integer> lostShards(PSQLException refused) throws PSQLException {
    ServerErrorMessage error = refused.getServerErrorMessage();
    if (error == null || !FENCED.equals(error.getSQLState()) || error.getDetail() == null) {
      throw refused;
    }
    return Arrays.stream(error.getDetail().split(",", -1))
        .map(Integer::valueOf)
        .collect(Collectors.toSet());
  }

  /** What is done with each row. */
  private interface Reading {
    void row(ResultSet row) throws SQLException;
  }

  private void read(String what, RoundTrip trip, Reading reading) {
    transactions.autocommit(
        what,
        connection -> {
          try (PreparedStatement statement = trip.on(connection)) {
            statement.execute();
            statement.getMoreResults();
            try (ResultSet rows = statement.getResultSet()) {
              while (rows.next()) {
                reading.row(rows);
              }
            }
            return what;
          }
        });
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
}
