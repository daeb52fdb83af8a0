package io.skald.benchmark;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A result for people at a terminal. */
final class ResultTable {
  private final Result result;
  private final StringBuilder table = new StringBuilder();

  private ResultTable(Result result) {
    this.result = result;
  }

  static String of(Result result) {
    ResultTable table = new ResultTable(result);
    table.write();
    return table.table.toString();
  }

  private void write() {
    BenchArguments arguments = result.arguments();
    line(
        "sagas",
        text(
            "%s, %d steps, %s participants, started by %s; %d s after %d s of warm-up",
            Flags.lower(arguments.profile()),
            arguments.steps(),
            Flags.lower(arguments.participants()),
            Flags.lower(arguments.start()),
            arguments.measured().toSeconds(),
            arguments.warmUp().toSeconds()));
    if (!result.versions().byName().isEmpty()) {
      line("versions", result.versions().text());
    }
    Fill fill = arguments.fill();
    if (!fill.isNone()) {
      line("filled before", text("%d ended, %d active", fill.ended(), fill.active()));
    }
    result.timers().ifPresent(this::timers);
    result.points().forEach(this::point);
    result.scale().forEach(this::scale);
    result
        .lone()
        .ifPresent(
            lone -> line("a lone saga, ms", text("p50 %.1f   p99 %.1f", lone.p50(), lone.p99())));
    line("errors", Integer.toString(result.errorCount()));
    new TreeMap<>(result.errors()).forEach((why, count) -> line("", count + " x " + why));
    line("balanced", result.balance().map(b -> b.holds() ? "yes" : "NO").orElse("not known"));
    result.balance().ifPresent(balance -> balance.faults().forEach(fault -> line("", fault)));
    result.unfinished().ifPresent(count -> line("not terminal", Long.toString(count)));
    result.yardstick().ifPresent(this::yardstick);
  }

  private void point(Point point) {
    Measured measured = point.measured();
    Latencies.Summary latency = measured.latencies();
    line("load", point.load().text());
    line("  sagas/s", text("%.1f", measured.sagasPerSecond()));
    line(
        "  latency, ms",
        text(
            "p50 %.1f   p90 %.1f   p99 %.1f   p99.9 %.1f   max %.1f",
            latency.p50(), latency.p90(), latency.p99(), latency.p999(), latency.max()));
    point
        .cpu()
        .ifPresent(
            used -> {
              line("  CPU ms per saga", perSaga(point, used.byProcess()));
              line("  of it the bench's", perSaga(point, used.benchParts()));
              line(
                  "  CPU used by others",
                  text(
                      "%.0f %% of %d processors; the generator had %.0f %% of its time to spare",
                      100 * result.othersShare(used),
                      result.machine().processors(),
                      100 * measured.spare()));
            });
    point
        .postgres()
        .ifPresent(
            counted ->
                line(
                    "  PostgreSQL per saga",
                    text(
                        "%.2f commits   %.0f bytes of WAL   %.2f syncs of it",
                        point.perSaga(counted.commits()),
                        point.perSaga(counted.walBytes()),
                        point.perSaga(counted.walSyncs()))));
    point
        .engine()
        .ifPresent(
            counted ->
                line(
                    "  lanes",
                    text(
                        "%.1f inputs per commit   %.0f commits/s   %.2f inputs per saga",
                        counted.inputsPerCommit(),
                        counted.commits() / measured.seconds(),
                        point.perSaga(counted.inputs()))));
  }

  private void timers(TimersResult timers) {
    line(
        "timers",
        text(
            "%d of %d fired, %d due in a second; late by, ms: p50 %.1f   p99 %.1f   max %.1f",
            timers.late().count(),
            timers.count(),
            timers.perSecond(),
            timers.late().p50(),
            timers.late().p99(),
            timers.late().max()));
  }

  private void scale(ScaleStep step) {
    line(
        step.orchestrators() + " orchestrator(s)",
        text(
            "%.1f sagas/s   p99 %.0f ms   longest pause of a shard %.0f ms (shard %d)"
                + "   changed in %.1f s",
            step.sagasPerSecond(),
            step.latency().p99(),
            step.longestPauseMillis(),
            step.shard(),
            step.changeSeconds()));
  }

  private void yardstick(Yardstick yardstick) {
    line(
        "yardstick",
        text(
            "%.0f single-row commits/s   %.0f rows/s in batches",
            yardstick.singleRowCommitsPerSecond(), yardstick.batchedRowsPerSecond()));
    result
        .best()
        .ifPresent(
            best ->
                line(
                    "",
                    text(
                        "sagas/s are %.3f of the single-row commits",
                        best.measured().sagasPerSecond() / yardstick.singleRowCommitsPerSecond())));
  }

  private static String perSaga(Point point, Map<String, Double> millis) {
    StringBuilder each = new StringBuilder();
    new TreeMap<>(millis)
        .forEach((name, value) -> each.append(text("%s %.3f   ", name, point.perSaga(value))));
    return each.toString().strip();
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  private void line(String name, String value) {
    table.append(text("  %-22s  %s%n", name, value));
  }
}
