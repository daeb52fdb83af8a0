package io.skald.orchestrator.query;

import io.skald.machine.JournalEntry;
import java.time.Instant;
import java.util.List;

/**
 * One transition of a saga, as the journal holds it.
 *
 * @param seq the number of the transition
 * @param cause the id of the message that brought it about
 * @param entries what happened, in order
 * @param body its entries: a JSON array of objects, each with its {@code type}
 */
public record JournalRecord(
    long seq, Instant at, String cause, List<JournalEntry> entries, String body) {

  public JournalRecord {
    entries = List.copyOf(entries);
  }
}
