package io.skald.simulation;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Chance for one concern of a run. Each concern has its own, named one, so that leaving one out
 * does not change the others.
 */
final class Chance {

  private final SplittableRandom random;

  Chance(long seed, String concern) {
    this.random = new SplittableRandom(mix(seed ^ ((long) concern.hashCode() << 32)));
  }

  private static long mix(long seed) {
    long z = seed + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  SplittableRandom random() {
    return random;
  }

  boolean oneIn(int n) {
    return random.nextInt(n) == 0;
  }

  boolean with(double probability) {
    return random.nextDouble() < probability;
  }

  /** From 0 to below this. */
  int below(int bound) {
    return random.nextInt(bound);
  }

  /** Both ends included. */
  int between(int least, int most) {
    return random.nextInt(least, most + 1);
  }

  /** Both ends included, in microseconds; small ones as likely as large ones. */
  long spread(Duration least, Duration most) {
    double from = Math.log(Timeline.micros(least));
    double to = Math.log(Timeline.micros(most));
    return Math.round(Math.exp(from + random.nextDouble() * (to - from)));
  }

  Duration duration(Duration least, Duration most) {
    return Duration.ofNanos(spread(least, most) * 1_000);
  }

  <T> T pick(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }
}
