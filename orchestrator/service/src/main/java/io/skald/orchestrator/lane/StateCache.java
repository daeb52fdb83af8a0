package io.skald.orchestrator.lane;

import io.skald.machine.SagaState;
import io.skald.saga.message.SagaId;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The committed states that a lane keeps in memory; a shard has one writer, so they can't go stale.
 * Used by one lane's thread.
 */
final class StateCache {

  private final int capacity;
  private final LinkedHashMap<SagaId, SagaState> states = new LinkedHashMap<>(64, 0.75f, true);

  StateCache(int capacity) {
    this.capacity = capacity;
  }

  Optional<SagaState> get(SagaId saga) {
    return Optional.ofNullable(states.get(saga));
  }

  void put(SagaState state) {
    states.put(state.core().id(), state);
  }

  void remove(SagaId saga) {
    states.remove(saga);
  }

  void removeIf(Predicate<SagaState> condition) {
    states.values().removeIf(condition);
  }

  /** Drops the states used longest ago. Only between turns: a turn relies on what it loaded. */
  void shrink() {
    Iterator<SagaState> oldest = states.values().iterator();
    while (states.size() > capacity && oldest.hasNext()) {
      oldest.next();
      oldest.remove();
    }
  }

  void clear() {
    states.clear();
  }
}
