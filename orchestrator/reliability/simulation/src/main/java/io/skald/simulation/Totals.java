package io.skald.simulation;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.skald.checker.Violation;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** What many runs add up to. Used by one thread at a time. */
final class Totals {

  private final Options options;
  private final long begin = System.nanoTime();
  private final Map<Fault, Long> faults = new EnumMap<>(Fault.class);
  private long runs;
  private long events;
  private long sagas;
  private long completed;
  private long broken;
  private long reconciled;
  private long trace;
  private Duration simulated = Duration.ZERO;
  private @Nullable Outcome worst;

  Totals(Options options) {
    this.options = options;
  }

  void add(Outcome outcome) {
    runs++;
    trace += outcome.hash() * (2 * outcome.seed() + 1);
    events += outcome.events();
    sagas += outcome.sagas();
    completed += outcome.completed();
    reconciled += outcome.reconciled();
    simulated = simulated.plus(outcome.simulated());
    outcome.faults().forEach((fault, count) -> faults.merge(fault, count, Long::sum));
    if (!outcome.violations().isEmpty()) {
      broken++;
      if (worst == null || outcome.seed() < worst.seed()) {
        worst = outcome;
      }
    }
  }

  /** The run of the lowest seed that broke a law; empty when none has. */
  Optional<Outcome> worst() {
    return Optional.ofNullable(worst);
  }

  private double seconds() {
    return (System.nanoTime() - begin) / 1e9;
  }

  private long struck() {
    return faults.values().stream().mapToLong(Long::longValue).sum();
  }

  private long count(Fault fault) {
    return faults.getOrDefault(fault, 0L);
  }

  /** All of it in a line; the trace is the same wherever the same seeds are run. */
  String line() {
    return String.format(
        Locale.ROOT,
        "%,d of %,d seeds in %.0f s (%.0f/s), %,d sagas, %,d completed, %,d faults,"
            + " %,d simulated hours, %,d violations; trace %016x",
        runs,
        options.seeds(),
        seconds(),
        runs / seconds(),
        sagas,
        completed,
        struck(),
        simulated.toHours(),
        broken,
        trace);
  }

  /** How often each struck. */
  String faults() {
    StringJoiner line = new StringJoiner(", ", "Faults: ", "");
    for (Fault fault : Fault.values()) {
      line.add(fault.title() + " " + String.format(Locale.ROOT, "%,d", count(fault)));
    }
    return line.toString();
  }

  String json(Optional<Finding> finding) {
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.put("from", options.from())
        .put("threads", options.threads())
        .put("seeds", runs)
        .put("seconds", seconds())
        .put("seedsPerSecond", runs / seconds())
        .put("simulatedHours", simulated.toSeconds() / 3600.0)
        .put("events", events)
        .put("sagas", sagas)
        .put("completed", completed)
        .put("reconciled", reconciled)
        .put("violations", broken)
        .put("trace", String.format("%016x", trace));
    ArrayNode without = json.putArray("break");
    options.missing().forEach(mechanism -> without.add(mechanism.title()));
    ObjectNode byName = json.putObject("faults");
    for (Fault fault : Fault.values()) {
      byName.put(fault.title(), count(fault));
    }
    finding.ifPresent(
        found -> {
          Violation violation = found.violation();
          json.putObject("violation")
              .put("seed", found.outcome().seed())
              .put("law", violation.law())
              .put("rule", violation.rule())
              .put("sentence", violation.sentence())
              .put("command", found.command());
        });
    return json.toPrettyString();
  }
}
