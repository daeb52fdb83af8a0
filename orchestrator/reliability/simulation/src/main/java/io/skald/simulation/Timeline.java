package io.skald.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * The run's true time, and all that is still to happen. Time passes only from one event to the
 * next; what is due at one moment happens in the order in which it was asked for. One thread.
 */
final class Timeline {

  static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

  private record Due(long at, long number, Runnable action) {}

  private final PriorityQueue<Due> queue =
      new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::number));
  private final Trace trace;
  private long now;
  private long numbers;
  private long events;
  private long ticks;

  Timeline(Trace trace) {
    this.trace = trace;
  }

  /** Microseconds since the run began. */
  long now() {
    return now;
  }

  Instant instant() {
    return START.plusNanos(now * 1_000);
  }

  /** How many events there were. */
  long events() {
    return events;
  }

  /** The place of something durable among all that is: commits and arrivals. */
  long tick() {
    return ++ticks;
  }

  void at(long micros, Runnable action) {
    queue.add(new Due(Math.max(now, micros), numbers++, action));
  }

  void after(long micros, Runnable action) {
    at(now + micros, action);
  }

  void after(Duration wait, Runnable action) {
    after(micros(wait), action);
  }

  /** Lets the next event happen. */
  void next() {
    Due due = queue.remove();
    now = Math.max(now, due.at());
    events++;
    trace.add(now);
    due.action().run();
  }

  boolean isEmpty() {
    return queue.isEmpty();
  }

  /**
   * Lets happen what is due until then. Called from inside an event, it is as if the caller's
   * thread stood still meanwhile.
   */
  void runUntil(long micros) {
    while (!queue.isEmpty() && queue.peek().at() <= micros) {
      next();
    }
    now = Math.max(now, micros);
  }

  static long micros(Duration duration) {
    return Math.max(1, duration.toNanos() / 1_000);
  }
}
