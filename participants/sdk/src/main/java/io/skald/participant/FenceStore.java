package io.skald.participant;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;

/**
 * The fence rows of the participants. Called within a transaction, which all its work belongs to:
 * first {@link #find}, then whatever the handlers do, then {@link #add} and {@link #change}.
 *
 * <p>Two transactions may find a row absent at a time, when a partition has just changed hands.
 * Both run the handler, but only one of them can add the row, and so commit its effect.
 */
public interface FenceStore {

  /**
   * Those rows of {@code keys} that exist, locked until the transaction ends, so that nobody else
   * can decide about these steps meanwhile.
   */
  Map<FenceKey, FenceRow> find(String schema, Collection<FenceKey> keys);

  /**
   * Writes rows that were absent.
   *
   * @throws RetryBatchException when one of them is there by now: the transaction must not commit,
   *     and what it was about is to be looked up again
   */
  void add(String schema, Map<FenceKey, FenceRow> added);

  /** Writes rows that were found in this transaction. */
  void change(String schema, Map<FenceKey, FenceRow> changed);

  /**
   * Removes rows that nothing can ask for any more, some at a time. Runs in its own transactions.
   */
  long forget(String schema, Instant unchangedSince);
}
