package io.skald.orchestrator.lane;

import io.skald.machine.Input;
import io.skald.saga.message.SagaId;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Inputs that no record brings: they come of owning a shard, and of publishing late. They are in
 * memory only; who owns the shard next makes them anew. {@link #add} may be called from any thread,
 * everything else belongs to the lane's.
 */
final class InternalInputs {

  record Internal(SagaId saga, Input input) {}

  private final Queue<Internal> waiting = new ConcurrentLinkedQueue<>();

  void add(SagaId saga, Input input) {
    waiting.add(new Internal(saga, input));
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  void clear() {
    waiting.clear();
  }

  /** Takes the first of those that wait, in the order in which they came. */
  List<Internal> take(int atMost) {
    List<Internal> taken = new ArrayList<>();
    while (taken.size() < atMost && !waiting.isEmpty()) {
      taken.add(waiting.remove());
    }
    return taken;
  }
}
