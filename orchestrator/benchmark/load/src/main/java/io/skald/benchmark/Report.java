package io.skald.benchmark;

import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import org.knowm.xchart.internal.chartpart.Chart;

/** A result as one HTML file that needs no other. */
final class Report {
  private static final String STYLE =
      """
      body { font: 15px/1.5 system-ui, sans-serif; color: #333; max-width: 900px; margin: 2em auto; padding: 0 1em }
      h1 { font-size: 1.5em } h2 { font-size: 1.15em; margin-top: 2em }
      pre { background: #f6f6f6; padding: 1em; overflow-x: auto; font-size: 13px }
      table { border-collapse: collapse; display: block; overflow-x: auto }
      th, td { padding: .25em .9em; text-align: right; border-bottom: 1px solid #ddd; font-weight: normal }
      th:first-child { text-align: left } tr:first-child th { color: #666; vertical-align: bottom }
      td { font-variant-numeric: tabular-nums }
      figure { margin: 2em 0 } img { width: 100%; height: auto }
      .figures { display: flex; flex-wrap: wrap; gap: 1em }
      .figure { background: #f6f6f6; padding: .7em 1.1em; border-radius: 6px }
      .figure b { display: block; font-size: 1.4em } .figure span { font-size: .85em; color: #666 }
      """;

  private final Result result;
  private final StringBuilder html = new StringBuilder();

  private Report(Result result) {
    this.result = result;
  }

  static String of(Result result, Map<String, Chart<?, ?>> charts) {
    Report report = new Report(result);
    report.write(charts);
    return report.html.toString();
  }

  private void write(Map<String, Chart<?, ?>> charts) {
    html.append("<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n")
        .append("<meta name=\"viewport\" content=\"width=device-width\">\n")
        .append("<title>Skald: a run of the benchmark</title>\n<style>\n")
        .append(STYLE)
        .append("</style>\n<h1>Skald: a run of the benchmark</h1>\n");
    Machine machine = result.machine();
    html.append("<p>")
        .append(escaped(machine.at().toString()))
        .append(", ")
        .append(
            escaped(
                String.format(
                    Locale.ROOT,
                    "%d processors (%s), %.0f GiB, %s, %s",
                    machine.processors(),
                    machine.processor(),
                    machine.memoryBytes() / (double) (1L << 30),
                    machine.system(),
                    machine.java())))
        .append("<br>\n")
        .append(escaped(result.versions().text()))
        .append("</p>\n");
    headline();
    html.append(ReportTables.of(result));
    charts.forEach(this::chart);
    html.append("<h2>All figures</h2>\n<pre>")
        .append(escaped(ResultTable.of(result)))
        .append("</pre>\n<h2>As JSON</h2>\n<details><summary>show</summary><pre>")
        .append(escaped(ResultJson.of(result)))
        .append("</pre></details>\n</html>\n");
  }

  private void headline() {
    html.append("<div class=\"figures\">");
    result
        .best()
        .ifPresent(
            best -> {
              Latencies.Summary latency = best.measured().latencies();
              figure("%.0f".formatted(best.measured().sagasPerSecond()), "sagas/s");
              figure("%.1f ms".formatted(latency.p50()), "p50, " + best.load().text());
              figure("%.1f ms".formatted(latency.p99()), "p99, " + best.load().text());
            });
    result.lone().ifPresent(lone -> figure("%.1f ms".formatted(lone.p50()), "p50 of a lone saga"));
    figure(Integer.toString(result.errorCount()), "errors");
    result.balance().ifPresent(b -> figure(b.holds() ? "yes" : "NO", "balanced"));
    html.append("</div>\n");
  }

  private void figure(String value, String what) {
    html.append("<div class=\"figure\"><b>")
        .append(escaped(value))
        .append("</b><span>")
        .append(escaped(what))
        .append("</span></div>");
  }

  /** An image of its own each, for the ids in one SVG are not those of another. */
  private void chart(String name, Chart<?, ?> chart) {
    html.append("<figure><img alt=\"")
        .append(escaped(chart.getTitle()))
        .append("\" id=\"")
        .append(escaped(name))
        .append("\" src=\"data:image/svg+xml;base64,")
        .append(Base64.getEncoder().encodeToString(Charts.svg(chart)))
        .append("\"></figure>\n");
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
