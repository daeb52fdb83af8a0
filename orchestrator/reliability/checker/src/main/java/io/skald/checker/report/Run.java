package io.skald.checker.report;

import io.skald.checker.Violation;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A run that is over: all that goes into a report.
 *
 * @param title what it was, for people
 * @param command what makes the same run again
 * @param begin when its first second began
 * @param completionsPerSecond how many sagas completed in each second since {@code begin}
 * @param figures what else is to be shown, by name, in their order, such as {@code sagas}; the
 *     faults, their recoveries and the violations are counted without it
 * @param faults in any order
 * @param recoveries in any order
 * @param violations what the checker found; empty when the laws have been kept
 */
public record Run(
    String title,
    String command,
    Instant begin,
    List<Integer> completionsPerSecond,
    Map<String, String> figures,
    List<Fault> faults,
    List<Recovery> recoveries,
    List<Violation> violations) {

  public Run {
    Objects.requireNonNull(title, "title");
    Objects.requireNonNull(command, "command");
    Objects.requireNonNull(begin, "begin");
    completionsPerSecond = List.copyOf(completionsPerSecond);
    figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
    faults = List.copyOf(faults);
    recoveries = List.copyOf(recoveries);
    violations = List.copyOf(violations);
  }
}
