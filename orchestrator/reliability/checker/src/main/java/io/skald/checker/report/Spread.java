package io.skald.chaos;

import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * Some times, of which the middle, the last but one in a hundred, and the longest are asked for.
 */
record Spread(int count, long p50, long p99, long max) {

  static Spread ofMillis(Collection<Duration> times) {
    List<Long> sorted = times.stream().map(Duration::toMillis).sorted().toList();
    return new Spread(sorted.size(), rank(sorted, 50), rank(sorted, 99), rank(sorted, 100));
  }

  /** By nearest rank; zero when there is none. */
  private static long rank(List<Long> sorted, int percent) {
    if (sorted.isEmpty()) {
      return 0;
    }
    int rank = (int) Math.ceil(percent / 100.0 * sorted.size());
    return sorted.get(Math.max(rank, 1) - 1);
  }

  @Override
  public String toString() {
    return "p50 " + p50 + " ms, p99 " + p99 + " ms, max " + max + " ms, of " + count;
  }
}
