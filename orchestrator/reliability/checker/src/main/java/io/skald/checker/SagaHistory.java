package io.skald.checker;

import io.skald.machine.JournalEntry;
import io.skald.machine.ParentLink;
import io.skald.machine.SagaCore;
import io.skald.machine.SagaStatus;
import io.skald.saga.message.SagaId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What is known of one saga.
 *
 * @param journal its rows, in the order in which they were written; empty when the journal has none
 * @param stored its row; empty when there is none
 */
public record SagaHistory(SagaId id, List<JournalRow> journal, Optional<StoredSaga> stored) {

  public SagaHistory {
    Objects.requireNonNull(id, "id");
    journal = List.copyOf(journal);
    Objects.requireNonNull(stored, "stored");
  }

  /** All of its entries, in order. */
  public List<JournalEntry> entries() {
    return journal.stream().flatMap(row -> row.transition().entries().stream()).toList();
  }

  /** Its definition's name; empty when neither its journal nor its row tells. */
  public Optional<String> definition() {
    return core()
        .map(SagaCore::definition)
        .or(() -> started().map(JournalEntry.SagaStarted::definition));
  }

  /** Its definition's version; empty when neither its journal nor its row tells. */
  public Optional<Integer> version() {
    return core().map(SagaCore::version).or(() -> started().map(JournalEntry.SagaStarted::version));
  }

  /** Its key; empty when neither its journal nor its row tells. */
  public Optional<String> key() {
    return core().map(SagaCore::key).or(() -> started().map(JournalEntry.SagaStarted::key));
  }

  /** Whether one saga of its definition and key is under way at a time, as it was started. */
  public boolean isExclusive() {
    return started().filter(entry -> entry.place() != SagaCore.NO_PLACE).isPresent();
  }

  /** Whose child it was started as; empty when it is one of its own, or its journal is missing. */
  Optional<ParentLink> parent() {
    return started().flatMap(JournalEntry.SagaStarted::parent);
  }

  /** Its status by its row; empty when it has none. */
  public Optional<SagaStatus> status() {
    return stored.map(StoredSaga::status);
  }

  private Optional<SagaCore> core() {
    return stored.map(row -> row.state().core());
  }

  private Optional<JournalEntry.SagaStarted> started() {
    return journal.isEmpty()
        ? Optional.empty()
        : journal.getFirst().transition().entries().stream()
            .filter(JournalEntry.SagaStarted.class::isInstance)
            .map(JournalEntry.SagaStarted.class::cast)
            .findFirst();
  }
}
