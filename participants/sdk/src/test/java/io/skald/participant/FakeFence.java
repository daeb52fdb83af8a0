package io.skald.participant;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Fence rows and effects in memory, with transactions that roll both back. One thread. */
final class FakeFence implements FenceStore, Transactions {

  Map<FenceKey, FenceRow> rows = new HashMap<>();
  List<String> effects = new ArrayList<>();
  int commits;

  /** Runs before a commit, which fails when it throws. */
  Runnable beforeCommit = () -> {};

  @Override
  public <T> T inNew(Supplier<T> work) {
    Map<FenceKey, FenceRow> rowsBefore = new HashMap<>(rows);
    List<String> effectsBefore = new ArrayList<>(effects);
    try {
      T result = work.get();
      beforeCommit.run();
      commits++;
      return result;
    } catch (RuntimeException e) {
      rows = rowsBefore;
      effects = effectsBefore;
      throw e;
    }
  }

  @Override
  public Map<FenceKey, FenceRow> find(String schema, Collection<FenceKey> keys) {
    Map<FenceKey, FenceRow> found = new HashMap<>(rows);
    found.keySet().retainAll(keys);
    return found;
  }

  @Override
  public void add(String schema, Map<FenceKey, FenceRow> added) {
    added.forEach(
        (key, row) -> {
          if (rows.putIfAbsent(key, row) != null) {
            throw new RetryBatchException("Fence row " + key + " is there already", null);
          }
        });
  }

  @Override
  public void change(String schema, Map<FenceKey, FenceRow> changed) {
    changed.forEach(
        (key, row) -> {
          if (rows.replace(key, row) == null) {
            throw new IllegalStateException("Fence row " + key + " is not there");
          }
        });
  }

  @Override
  public long forget(String schema, Instant unchangedSince) {
    return 0;
  }

  List<FenceState> states() {
    return rows.values().stream().map(FenceRow::state).toList();
  }
}
