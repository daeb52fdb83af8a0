package io.skald.checker.report;

import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * How long something took that was measured many times: the median, the 99th percentile and the
 * maximum, in milliseconds, by nearest rank. All are zero when there is none.
 *
 * @param count how many times were measured
 */
public record Spread(int count, long p50, long p99, long max) {

  public static Spread ofMillis(Collection<Duration> times) {
    List<Long> sorted = times.stream().map(Duration::toMillis).sorted().toList();
    return new Spread(sorted.size(), rank(sorted, 50), rank(sorted, 99), rank(sorted, 100));
  }

  private static long rank(List<Long> sorted, int percent) {
    if (sorted.isEmpty()) {
      return 0;
    }
    int rank = (int) Math.ceil(percent / 100.0 * sorted.size());
    return sorted.get(Math.max(rank, 1) - 1);
  }

  /** For people, in seconds. */
  @Override
  public String toString() {
    return count == 0
        ? "none"
        : "p50 %s, p99 %s, max %s, of %d"
            .formatted(seconds(p50), seconds(p99), seconds(max), count);
  }

  private static String seconds(long millis) {
    return Figures.seconds(Duration.ofMillis(millis));
  }
}
