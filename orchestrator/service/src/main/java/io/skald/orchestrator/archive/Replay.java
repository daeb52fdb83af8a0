package io.skald.orchestrator.archive;

import io.skald.machine.Evolution;
import io.skald.machine.SagaState;
import io.skald.machine.Transition;
import io.skald.orchestrator.journal.EntryCodec;
import io.skald.saga.message.SagaId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;

/** Reads journal rows sorted by saga and gives, one by one, what each saga's rows make of it. */
final class Replay {

  /** What the journal says about one saga; it says nothing when its first rows are not there. */
  record Replayed(UUID id, Optional<SagaRecord> row, String trouble) {}

  private final ResultSet journal;
  private boolean hasRow;

  /**
   * @param journal columns shard, seq, saga_seq, at, saga_id, cause, body, ordered by saga_id and
   *     saga_seq; a row that is there twice counts once
   */
  Replay(ResultSet journal) throws SQLException {
    this.journal = journal;
    this.hasRow = journal.next();
  }

  /** The next saga; empty at the end. */
  Optional<Replayed> next() throws SQLException {
    if (!hasRow) {
      return Optional.empty();
    }
    UUID id = journal.getObject("saga_id", UUID.class);
    int shard = journal.getInt("shard");
    Optional<SagaState> state = Optional.empty();
    String trouble = "";
    while (hasRow && id.equals(journal.getObject("saga_id", UUID.class))) {
      long done = state.map(s -> s.core().seq()).orElse(0L);
      if (trouble.isEmpty() && journal.getLong("saga_seq") != done) {
        try {
          state = Optional.of(Evolution.apply(state, transition(id)));
        } catch (RuntimeException cannot) {
          trouble = String.valueOf(cannot.getMessage());
        }
      }
      hasRow = journal.next();
    }
    return Optional.of(
        new Replayed(
            id,
            trouble.isEmpty() ? state.map(s -> SagaRecord.of(s, shard)) : Optional.empty(),
            trouble));
  }

  private Transition transition(UUID id) throws SQLException {
    return new Transition(
        new SagaId(id),
        journal.getLong("saga_seq"),
        journal.getObject("at", OffsetDateTime.class).toInstant(),
        journal.getString("cause"),
        EntryCodec.decode(journal.getString("body")));
  }
}
