package io.skald.standalone.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * What one run of the bench has found.
 *
 * @param load of the sagas that ended as they should within the measured time
 * @param lone of those run one at a time
 * @param errors of the whole run with its warm-up, by what went wrong
 * @param balanced whether the shop's books balance afterwards; absent when it did not say
 * @param unfinished sagas in the database that are not terminal afterwards
 * @param cpu over the measured time
 * @param postgres over the measured time
 * @param yardstick rows committed one by one in a second, before the run
 */
public record Result(
    BenchArguments arguments,
    Latencies.Summary load,
    Latencies.Summary lone,
    Map<String, Integer> errors,
    Optional<Boolean> balanced,
    OptionalLong unfinished,
    Optional<CpuClock.Used> cpu,
    Optional<PostgresCounters> postgres,
    OptionalDouble yardstick) {

  private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

  /** As one JSON object; what was not measured is not in it. */
  public String json() {
    ObjectNode json = new ObjectMapper().createObjectNode();
    ObjectNode settings = json.putObject("settings");
    settings.put("profile", lower(arguments.profile()));
    settings.put("start", lower(arguments.start()));
    settings.put("inFlight", arguments.inFlight());
    settings.put("seconds", arguments.measured().toSeconds());
    settings.put("warmUp", arguments.warmUp().toSeconds());
    settings.put("processors", PROCESSORS);
    json.put("sagasPerSecond", rounded(sagasPerSecond()));
    ObjectNode latency = json.putObject("latencyMillis");
    latency.put("p50", rounded(load.p50()));
    latency.put("p99", rounded(load.p99()));
    latency.put("max", rounded(load.max()));
    if (lone.count() > 0) {
      ObjectNode one = json.putObject("lone");
      one.put("p50", rounded(lone.p50()));
      one.put("p99", rounded(lone.p99()));
    }
    json.put("errors", errorCount());
    if (!errors.isEmpty()) {
      ObjectNode reasons = json.putObject("errorReasons");
      new TreeMap<>(errors).forEach(reasons::put);
    }
    balanced.ifPresent(value -> json.put("balanced", value));
    unfinished.ifPresent(value -> json.put("unfinished", value));
    cpu.ifPresent(
        used -> {
          json.put("othersCpuShare", rounded(othersShare(used)));
          if (load.count() > 0) {
            ObjectNode byProcess = json.putObject("cpuMillisPerSaga");
            used.byProcess().forEach((name, millis) -> byProcess.put(name, perSaga(millis)));
          }
        });
    if (load.count() > 0) {
      postgres.ifPresent(
          counted -> {
            ObjectNode perSaga = json.putObject("postgresPerSaga");
            perSaga.put("commits", perSaga(counted.commits()));
            perSaga.put("walBytes", perSaga(counted.walBytes()));
            perSaga.put("walSyncs", perSaga(counted.walSyncs()));
          });
    }
    yardstick.ifPresent(
        rows -> {
          json.putObject("yardstick").put("singleRowCommitsPerSecond", rounded(rows));
          json.put("sagasPerSingleRowCommit", rounded(sagasPerSecond() / rows));
        });
    return json.toPrettyString();
  }

  /** For people. */
  public String table() {
    StringBuilder table = new StringBuilder();
    line(
        table,
        "load",
        "%s, started by %s, %d in flight, %d s after %d s of warm-up"
            .formatted(
                lower(arguments.profile()),
                lower(arguments.start()),
                arguments.inFlight(),
                arguments.measured().toSeconds(),
                arguments.warmUp().toSeconds()));
    line(table, "sagas/s", text("%.1f", sagasPerSecond()));
    line(
        table,
        "latency, ms",
        text("p50 %.1f   p99 %.1f   max %.1f", load.p50(), load.p99(), load.max()));
    if (lone.count() > 0) {
      line(table, "a lone saga, ms", text("p50 %.1f   p99 %.1f", lone.p50(), lone.p99()));
    }
    line(table, "errors", Integer.toString(errorCount()));
    new TreeMap<>(errors).forEach((why, count) -> line(table, "", count + " x " + why));
    line(table, "books balance", balanced.map(value -> value ? "yes" : "NO").orElse("not known"));
    unfinished.ifPresent(count -> line(table, "not terminal", Long.toString(count)));
    cpu.ifPresent(used -> cpuLines(table, used));
    if (load.count() > 0) {
      postgres.ifPresent(
          counted ->
              line(
                  table,
                  "PostgreSQL per saga",
                  text(
                      "%.2f commits   %.0f bytes of WAL   %.2f syncs of it",
                      perSaga(counted.commits()),
                      perSaga(counted.walBytes()),
                      perSaga(counted.walSyncs()))));
    }
    yardstick.ifPresent(
        rows ->
            line(
                table,
                "yardstick",
                text(
                    "%.0f single-row commits/s; sagas/s are %.3f of it",
                    rows, sagasPerSecond() / rows)));
    return table.toString();
  }

  double sagasPerSecond() {
    return load.count() / seconds(arguments.measured());
  }

  private void cpuLines(StringBuilder table, CpuClock.Used used) {
    if (load.count() > 0) {
      StringBuilder each = new StringBuilder();
      used.byProcess()
          .forEach((name, millis) -> each.append(text("%s %.2f   ", name, perSaga(millis))));
      line(table, "CPU ms per saga", each.toString().strip());
    }
    line(
        table,
        "CPU used by others",
        text("%.0f %% of %d processors", 100 * othersShare(used), PROCESSORS));
  }

  private static double othersShare(CpuClock.Used used) {
    return used.elapsed() == 0 ? 0 : used.others() / used.elapsed() / PROCESSORS;
  }

  private double perSaga(double total) {
    return rounded(total / load.count());
  }

  private int errorCount() {
    return errors.values().stream().mapToInt(Integer::intValue).sum();
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }

  private static String lower(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT);
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  private static void line(StringBuilder table, String name, String value) {
    table.append(text("  %-20s  %s%n", name, value));
  }

  private static double rounded(double value) {
    return BigDecimal.valueOf(value).setScale(3, RoundingMode.HALF_UP).doubleValue();
  }
}
