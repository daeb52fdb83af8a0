package io.skald.benchmark.queueing;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a simulation has found. All but the totals is of the time after the warm-up.
 *
 * @param rate sagas that ended in a second
 * @param meanInFlight sagas under way, averaged over time
 * @param meanLatency of the sagas that ended, in milliseconds; so p50 and p99
 * @param laneBatch inputs in a lane's turn, on average
 * @param uses the most used of each kind of resource, the busiest first
 * @param turns lanes and participants: the share of time that a turn takes, the busiest first
 * @param started from the beginning, and so ended and in flight
 */
record Outcome(
    double rate,
    double meanInFlight,
    double meanLatency,
    double p50,
    double p99,
    double laneBatch,
    List<Use> uses,
    List<Use> turns,
    long started,
    long ended,
    int inFlight) {

  /** From here on a resource counts as what limits the rest. */
  private static final double FULL = 0.9;

  /**
   * @param share of its capacity or its time, from 0 to 1, of the one of its kind with the most
   */
  record Use(String kind, double share) {

    static List<Use> all(Map<String, Double> shares) {
      return shares.entrySet().stream()
          .map(entry -> new Use(entry.getKey(), entry.getValue()))
          .sorted(Comparator.comparingDouble(use -> -use.share()))
          .toList();
    }
  }

  /**
   * What gives out first, when there was more to do than could be done; empty when nothing did. A
   * lane is always at work then: it is what limits the rest only when nothing that it waits for is
   * full.
   */
  Optional<Use> bottleneck() {
    return Stream.of(uses.getFirst(), turns.getFirst())
        .filter(use -> use.share() >= FULL)
        .findFirst();
  }
}
