package io.skald.participant;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;

/**
 * The fence rows of the participants. Called within a transaction, which all its work belongs to.
 */
interface FenceStore {

  /**
   * The rows of {@code keys}, made if absent and locked until the transaction ends, so that nobody
   * else can decide about these steps meanwhile.
   */
  Map<FenceKey, FenceRow> claim(String schema, Collection<FenceKey> keys);

  /** Writes rows that were claimed in this transaction. */
  void save(String schema, Map<FenceKey, FenceRow> changed);

  /**
   * Removes rows that nothing can ask for any more, some at a time. Runs in its own transactions.
   */
  long forget(String schema, Instant unchangedSince);
}
