package io.skald.simulation;

import io.skald.participant.FenceKey;
import io.skald.participant.FenceRow;
import io.skald.participant.FenceStore;
import io.skald.participant.RetryBatchException;
import io.skald.saga.message.Phase;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.StepName;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A participant's own database: fence rows and effects, in transactions that keep both or neither.
 * A transaction sees what is committed and what it has written. Where PostgreSQL would let one wait
 * for another's lock, this one reports that the lock is not to be had.
 */
final class ParticipantStore implements FenceStore {

  /** Something that was really done. */
  record Done(SagaId saga, StepName step, Phase phase, long amount, Instant at) {}

  private record Stored(FenceRow row, Instant updatedAt) {}

  private static final class Transaction {
    private final Map<FenceKey, FenceRow> written = new HashMap<>();
    private final Set<FenceKey> locked = new HashSet<>();
    private final List<Done> effects = new ArrayList<>();
  }

  /** All that a backup holds. */
  private record Backup(Map<FenceKey, Stored> rows, List<Done> effects) {}

  private final Timeline timeline;
  private final Trace trace;
  private final Deque<Transaction> open = new ArrayDeque<>();
  private Map<FenceKey, Stored> rows = new HashMap<>();
  private List<Done> effects = new ArrayList<>();
  private Backup backup = new Backup(Map.of(), List.of());
  private final Set<SagaId> rewound = new HashSet<>();

  ParticipantStore(Timeline timeline, Trace trace) {
    this.timeline = timeline;
    this.trace = trace;
  }

  // --- transactions

  /**
   * Runs work in a transaction.
   *
   * @param beforeCommit throws when the commit is not to happen
   * @param afterCommit throws when nobody is to hear of it
   */
  <T> T inNew(Supplier<T> work, Runnable beforeCommit, Runnable afterCommit) {
    Transaction transaction = new Transaction();
    open.push(transaction);
    T result;
    try {
      result = work.get();
      beforeCommit.run();
      commit(transaction);
    } finally {
      open.remove(transaction);
    }
    afterCommit.run();
    return result;
  }

  private void commit(Transaction transaction) {
    Instant now = timeline.instant();
    transaction.written.forEach(
        (key, row) -> {
          rows.put(key, new Stored(row, now));
          trace.add(key.hashCode() * 31L + row.state().ordinal());
        });
    effects.addAll(transaction.effects);
  }

  private Transaction current() {
    Transaction transaction = open.peek();
    if (transaction == null) {
      throw new IllegalStateException("Expected a transaction, but there is none");
    }
    return transaction;
  }

  /** Does something, in the transaction that is open. */
  void effect(SagaId saga, StepName step, Phase phase, long amount) {
    current().effects.add(new Done(saga, step, phase, amount, timeline.instant()));
  }

  // --- the fence

  @Override
  public Map<FenceKey, FenceRow> find(String schema, Collection<FenceKey> keys) {
    Transaction transaction = current();
    Map<FenceKey, FenceRow> found = new HashMap<>();
    for (FenceKey key : keys) {
      Stored stored = rows.get(key);
      if (stored != null) {
        mustBeFree(key, transaction);
        transaction.locked.add(key);
        found.put(key, stored.row());
      }
    }
    return found;
  }

  @Override
  public void add(String schema, Map<FenceKey, FenceRow> added) {
    Transaction transaction = current();
    for (FenceKey key : added.keySet()) {
      mustBeFree(key, transaction);
      if (rows.containsKey(key)) {
        throw new RetryBatchException("Another process has just added fence row " + key, null);
      }
    }
    transaction.written.putAll(added);
    transaction.locked.addAll(added.keySet());
  }

  @Override
  public void change(String schema, Map<FenceKey, FenceRow> changed) {
    current().written.putAll(changed);
  }

  @Override
  public long forget(String schema, Instant unchangedSince) {
    int before = rows.size();
    rows.values().removeIf(stored -> stored.updatedAt().isBefore(unchangedSince));
    return before - rows.size();
  }

  private void mustBeFree(FenceKey key, Transaction mine) {
    for (Transaction other : open) {
      if (other != mine && other.locked.contains(key)) {
        throw new RetryBatchException("Fence row " + key + " is locked", null);
      }
    }
  }

  // --- backups

  void backUp() {
    backup = new Backup(Map.copyOf(rows), List.copyOf(effects));
  }

  /** What was committed since the backup is gone, though the world has heard of it. */
  void restore() {
    for (Map.Entry<FenceKey, Stored> row : rows.entrySet()) {
      if (!row.getValue().equals(backup.rows().get(row.getKey()))) {
        rewound.add(row.getKey().saga());
      }
    }
    rows = new HashMap<>(backup.rows());
    effects = new ArrayList<>(backup.effects());
  }

  // --- what can be seen of it

  /** The sagas of which something was lost by a restore. */
  Set<SagaId> rewound() {
    return rewound;
  }

  Map<FenceKey, FenceRow> fences() {
    Map<FenceKey, FenceRow> fences = new HashMap<>();
    rows.forEach((key, stored) -> fences.put(key, stored.row()));
    return fences;
  }

  /** In the order in which they were committed. */
  List<Done> effects() {
    return effects;
  }
}
