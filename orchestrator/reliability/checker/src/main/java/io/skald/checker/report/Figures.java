package io.skald.checker.report;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
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

  /** By name, in the order in which they are shown. */
  static Map<String, String> of(Run run) {
    Map<String, String> figures = new LinkedHashMap<>(run.figures());
    int seconds = run.completionsPerSecond().size();
    long completions = run.completionsPerSecond().stream().mapToLong(Integer::longValue).sum();
    figures.put("seconds", Integer.toString(seconds));
    figures.put("completions", Long.toString(completions));
    figures.put(
        "completions per second",
        seconds == 0 ? "none" : String.format(Locale.ROOT, "%.1f", (double) completions / seconds));
    figures.put("faults", Integer.toString(run.faults().size()));
    figures.put("recovery p50", percentile(run, 0.50));
    figures.put("recovery p99", percentile(run, 0.99));
    figures.put("recovery max", percentile(run, 1.00));
    figures.put("violations", Integer.toString(run.violations().size()));
    return figures;
  }

  /** The least duration that this share of the recoveries did not exceed. */
  private static String percentile(Run run, double share) {
    List<Duration> sorted = run.recoveries().stream().map(Recovery::took).sorted().toList();
    if (sorted.isEmpty()) {
      return "none";
    }
    int rank = (int) Math.ceil(share * sorted.size());
    return seconds(sorted.get(Math.max(rank, 1) - 1));
  }

  static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
  }
}
