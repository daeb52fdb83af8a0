package io.skald.benchmark;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The sagas that are under way. Whoever starts one names it, at once or when the answer has told
 * the order's id; an end may be seen before that, so those that nobody waits for yet are kept for a
 * while. Any thread may call.
 */
final class Flights implements Endings {
  private static final int KEPT = 50_000;

  private final Latencies latencies;
  private final ShardPauses pauses;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<String, Flight> byId = new HashMap<>();
  private final Map<String, Integer> errors = new TreeMap<>();
  private final Map<String, Long> endings = new TreeMap<>();
  private final Map<String, Early> early =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Early> eldest) {
          return size() > KEPT;
        }
      };

  /** Begun, and neither ended nor given up. */
  private int underWay;

  private record Early(String type, long seenAt) {}

  /**
   * @param latencies gets the time of each that ends as it should
   * @param pauses told of each start and end
   */
  Flights(Latencies latencies, ShardPauses pauses) {
    this.latencies = latencies;
    this.pauses = pauses;
  }

  /** One more is under way, though nobody knows its name yet. */
  Flight begin(String expectedEnding, long startedAt, Pace pace) {
    lock.lock();
    try {
      underWay++;
      return new Flight(expectedEnding, startedAt, pace);
    } finally {
      lock.unlock();
    }
  }

  /** This is the key of its saga. */
  void named(Flight flight, String id) {
    @Nullable Early end;
    flight.id(id);
    lock.lock();
    try {
      end = early.remove(id);
      if (end == null) {
        byId.put(id, flight);
        pauses.started(id, System.nanoTime());
      }
    } finally {
      lock.unlock();
    }
    if (end != null) {
      settle(flight, end.type(), end.seenAt());
    }
  }

  @Override
  public void ended(String key, String type, int shard, long seenAt) {
    @Nullable Flight flight;
    lock.lock();
    try {
      endings.merge(type, 1L, Long::sum);
      flight = byId.remove(key);
      if (flight == null) {
        early.put(key, new Early(type, seenAt));
      } else {
        pauses.ended(shard, seenAt);
      }
    } finally {
      lock.unlock();
    }
    if (flight != null) {
      settle(flight, type, seenAt);
    }
  }

  /** It was not started, or nobody knows whether it was. */
  void failed(Flight flight, String why) {
    lock.lock();
    try {
      flight.id().ifPresent(this::forget);
      errors.merge(why, 1, Integer::sum);
    } finally {
      lock.unlock();
    }
    over(flight);
  }

  /** Gives up those that were named before an instant of {@link System#nanoTime}. */
  void giveUp(long startedBefore, String why) {
    List<Flight> old = new ArrayList<>();
    lock.lock();
    try {
      byId.values().stream().filter(f -> f.startedAt() - startedBefore < 0).forEach(old::add);
    } finally {
      lock.unlock();
    }
    old.forEach(flight -> failed(flight, why));
  }

  /** How many are under way. */
  int underWay() {
    lock.lock();
    try {
      return underWay;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until none is under way, or the time is up. */
  boolean awaitNone(long nanos) throws InterruptedException {
    long left = nanos;
    lock.lock();
    try {
      while (underWay > 0) {
        if (left <= 0) {
          return false;
        }
        left = changed.awaitNanos(left);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** What went wrong so far, and how often. */
  Map<String, Integer> errors() {
    lock.lock();
    try {
      return new TreeMap<>(errors);
    } finally {
      lock.unlock();
    }
  }

  /** How often each ending was seen so far, whoever started the saga. */
  Map<String, Long> endings() {
    lock.lock();
    try {
      return new TreeMap<>(endings);
    } finally {
      lock.unlock();
    }
  }

  private void settle(Flight flight, String type, long seenAt) {
    if (type.equals(flight.expectedEnding())) {
      latencies.record(seenAt - flight.startedAt());
    } else {
      lock.lock();
      try {
        errors.merge("Ended " + type + ", not " + flight.expectedEnding(), 1, Integer::sum);
      } finally {
        lock.unlock();
      }
    }
    over(flight);
  }

  private void over(Flight flight) {
    lock.lock();
    try {
      underWay--;
      if (underWay == 0) {
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
    flight.pace().over();
  }

  private void forget(String id) {
    if (byId.remove(id) != null) {
      pauses.forgotten(id);
    }
  }
}
