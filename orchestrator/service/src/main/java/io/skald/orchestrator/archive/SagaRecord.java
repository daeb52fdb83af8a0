package io.skald.orchestrator.archive;

import io.skald.machine.SagaCore;
import io.skald.machine.SagaState;
import io.skald.orchestrator.journal.StateCodec;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** A saga's row with all of its columns, as it is stored or as it must be. */
record SagaRecord(
    UUID id,
    int shard,
    int version,
    Instant createdAt,
    long place,
    String definition,
    String key,
    String status,
    long seq,
    Instant updatedAt,
    Optional<Instant> nextDueAt,
    Optional<Instant> endedAt,
    String data,
    String state) {

  /** The row that a state must have. */
  static SagaRecord of(SagaState state, int shard) {
    SagaCore core = state.core();
    return new SagaRecord(
        core.id().value(),
        shard,
        core.version(),
        core.startedAt(),
        core.place(),
        core.definition(),
        core.key(),
        state.status().name(),
        core.seq(),
        core.updatedAt(),
        state.nextDueAt(),
        state instanceof SagaState.Terminal ended
            ? Optional.of(StateCodec.endedAt(ended))
            : Optional.empty(),
        core.data(),
        StateCodec.encode(state));
  }

  static SagaRecord read(ResultSet row) throws SQLException {
    return new SagaRecord(
        row.getObject("id", UUID.class),
        row.getInt("shard"),
        row.getInt("version"),
        instant(row, "created_at").orElseThrow(),
        row.getLong("place"),
        row.getString("definition"),
        row.getString("saga_key"),
        row.getString("status"),
        row.getLong("seq"),
        instant(row, "updated_at").orElseThrow(),
        instant(row, "next_due_at"),
        instant(row, "ended_at"),
        row.getString("data"),
        row.getString("state"));
  }

  private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }

  /** Each column in which the two are not the same, with both values. */
  List<String> differences(SagaRecord stored) {
    List<String> differences = new ArrayList<>();
    compare(differences, "shard", shard, stored.shard);
    compare(differences, "version", version, stored.version);
    compare(differences, "created_at", createdAt, stored.createdAt);
    compare(differences, "place", place, stored.place);
    compare(differences, "definition", definition, stored.definition);
    compare(differences, "saga_key", key, stored.key);
    compare(differences, "status", status, stored.status);
    compare(differences, "seq", seq, stored.seq);
    compare(differences, "updated_at", updatedAt, stored.updatedAt);
    compare(differences, "next_due_at", nextDueAt, stored.nextDueAt);
    compare(differences, "ended_at", endedAt, stored.endedAt);
    compare(differences, "data", data, stored.data);
    compare(differences, "state", state, stored.state);
    return differences;
  }

  private static void compare(List<String> into, String column, Object must, Object is) {
    if (!Objects.equals(must, is)) {
      into.add(column + " must be " + must + " and is " + is);
    }
  }
}
