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
  public Map<FenceKey, FenceRow> claim(String schema, Collection<FenceKey> keys) {
    Map<FenceKey, FenceRow> claimed = new HashMap<>();
    keys.forEach(key -> claimed.put(key, rows.computeIfAbsent(key, k -> FenceRow.OPEN)));
    return claimed;
  }

  @Override
  public void save(String schema, Map<FenceKey, FenceRow> changed) {
    rows.putAll(changed);
  }

  @Override
  public long forget(String schema, Instant unchangedSince) {
    return 0;
  }

  List<FenceState> states() {
    return rows.values().stream().map(FenceRow::state).toList();
  }
}
