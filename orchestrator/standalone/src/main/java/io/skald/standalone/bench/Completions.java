package io.skald.standalone.bench;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Who waits for the end of which order. An end may be seen before the answer to the start has told
 * the order's id, so those that nobody waits for yet are kept for a while.
 */
final class Completions {
  private static final int KEPT = 50_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, CompletableFuture<Ending>> waiting = new HashMap<>();
  private final Map<String, Ending> early =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Ending> eldest) {
          return size() > KEPT;
        }
      };

  /**
   * How a saga ended.
   *
   * @param type the lifecycle event
   * @param seenAt {@link System#nanoTime} when it reached the bench
   */
  record Ending(String type, long seenAt) {}

  CompletableFuture<Ending> of(String orderId) {
    lock.lock();
    try {
      Ending known = early.remove(orderId);
      if (known != null) {
        return CompletableFuture.completedFuture(known);
      }
      return waiting.computeIfAbsent(orderId, id -> new CompletableFuture<>());
    } finally {
      lock.unlock();
    }
  }

  void ended(String orderId, Ending ending) {
    @Nullable CompletableFuture<Ending> waiter;
    lock.lock();
    try {
      waiter = waiting.remove(orderId);
      if (waiter == null) {
        early.put(orderId, ending);
      }
    } finally {
      lock.unlock();
    }
    if (waiter != null) {
      waiter.complete(ending);
    }
  }

  /** Nobody waits for this order any more. */
  void forget(String orderId) {
    lock.lock();
    try {
      waiting.remove(orderId);
    } finally {
      lock.unlock();
    }
  }
}
