package io.skald.machine;

import io.skald.saga.message.SagaId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * What one input did to one saga: one row of the journal.
 *
 * @param seq the saga's transitions count from 1, without gaps
 * @param cause the id of the message that brought the input
 * @param entries in the order in which they happened; never empty
 */
public record Transition(
    SagaId saga, long seq, Instant at, String cause, List<JournalEntry> entries) {

  public Transition {
    Objects.requireNonNull(saga, "saga");
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(cause, "cause");
    entries = List.copyOf(entries);
    if (entries.isEmpty()) {
      throw new IllegalArgumentException("Expected a transition to have entries, but found none");
    }
  }
}
