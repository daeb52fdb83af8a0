package io.skald.checker;

import io.skald.machine.Transition;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * A row of the journal.
 *
 * @param seq the shard's rows count from 1, without gaps
 * @param committedAt the tick at which it was committed, on the scale of {@link
 *     SentCommand#sentAt}; empty where nobody could see it
 */
public record JournalRow(int shard, long seq, Transition transition, OptionalLong committedAt) {

  public JournalRow {
    Objects.requireNonNull(transition, "transition");
    Objects.requireNonNull(committedAt, "committedAt");
  }
}
