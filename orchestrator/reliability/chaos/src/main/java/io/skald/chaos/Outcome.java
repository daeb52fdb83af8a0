package io.skald.chaos;

import io.skald.chaos.audit.Totals;
import io.skald.chaos.load.Load;
import io.skald.chaos.nemesis.Inflicted;
import io.skald.chaos.recovery.Recovered;
import io.skald.checker.Violation;
import io.skald.checker.report.Spread;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * All that is known of a run that is over.
 *
 * @param begin when the first order was placed
 * @param lasted from then until the last order was placed
 * @param unrecovered faults after which not all of what they had hit was seen to move
 */
record Outcome(
    ChaosArguments arguments,
    Instant begin,
    Duration lasted,
    Totals totals,
    Placed placed,
    List<Inflicted> faults,
    List<Recovered> recoveries,
    List<Inflicted> unrecovered,
    List<Violation> violations) {

  /**
   * Orders, as their client knows them.
   *
   * @param acknowledged of which it was told that they are taken
   * @param unknown of which it was not told
   * @param nameless that the shop may have taken under a name that the client never learned
   * @param failed whose placing came to no end that the client knows
   * @param leftOut that were not placed, because too many were unanswered
   * @param statuses how often each HTTP status came, and 0 for no answer
   */
  record Placed(
      long acknowledged,
      long unknown,
      long nameless,
      long failed,
      long leftOut,
      Map<Integer, Long> statuses) {

    static Placed of(Load load) {
      long known = load.starts().stream().filter(start -> start.acknowledged().isPresent()).count();
      return new Placed(
          known,
          load.starts().size() - known,
          load.nameless(),
          load.failed(),
          load.leftOut(),
          load.statuses());
    }
  }

  /** How many times a process was killed. */
  long kills() {
    return faults.stream().filter(fault -> fault.fault().kind().isKill()).count();
  }

  Map<String, Long> faultsByKind() {
    return faults.stream()
        .collect(
            Collectors.groupingBy(
                fault -> fault.fault().kind().label(), TreeMap::new, Collectors.counting()));
  }

  /** Of all recoveries. */
  Spread recovery() {
    return recovery(any -> true);
  }

  /** Of those that no other fault got in the way of. */
  Spread recoveryAlone() {
    return recovery(Recovered::alone);
  }

  Map<String, Spread> recoveryByKind() {
    return recoveries.stream()
        .map(recovered -> recovered.inflicted().fault().kind())
        .distinct()
        .collect(
            Collectors.toMap(
                kind -> kind.label(),
                kind -> recovery(recovered -> recovered.inflicted().fault().kind() == kind),
                (one, other) -> one,
                TreeMap::new));
  }

  double completionsPerSecond() {
    return totals.completed() / Math.max(1.0, lasted.toSeconds());
  }

  private Spread recovery(Predicate<Recovered> which) {
    return Spread.ofMillis(recoveries.stream().filter(which).map(Recovered::took).toList());
  }
}
