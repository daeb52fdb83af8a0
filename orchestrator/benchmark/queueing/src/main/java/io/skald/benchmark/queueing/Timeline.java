package io.skald.benchmark.queueing;

import java.util.Comparator;
import java.util.PriorityQueue;

/** Virtual time and what is to happen in it. What is due at the same time happens in order. */
final class Timeline {

  private record Event(double at, long order, Runnable what) {}

  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingDouble(Event::at).thenComparingLong(Event::order));
  private double now;
  private long scheduled;

  double now() {
    return now;
  }

  void after(double millis, Runnable what) {
    if (!(millis >= 0)) {
      throw new IllegalArgumentException("Expected a delay of 0 or more, but found " + millis);
    }
    events.add(new Event(now + millis, scheduled++, what));
  }

  /** Lets happen all that is due until then. */
  void runUntil(double end) {
    for (Event next = events.peek(); next != null && next.at() <= end; next = events.peek()) {
      events.remove();
      now = next.at();
      next.what().run();
    }
    now = end;
  }
}
