package io.skald.checker.report;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What is said about a run in few words and numbers. */
final class Figures {

  private Figures() {}

  /** One sentence. */
  static String verdict(Run run) {
    return run.violations().isEmpty()
        ? "All laws have been kept."
        : "Laws have been broken: " + run.violations().size() + " violations.";
  }

  /** By name, in the order in which they are shown: the run's own, and what it is made of. */
  static Map<String, String> of(Run run) {
    Map<String, String> figures = new LinkedHashMap<>(run.figures());
    figures.put("faults", Integer.toString(run.faults().size()));
    figures.put(
        "recovery",
        Spread.ofMillis(run.recoveries().stream().map(Recovery::took).toList()).toString());
    figures.put("violations", Integer.toString(run.violations().size()));
    return figures;
  }

  static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
  }
}
