package io.skald.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/** The figures of all loads side by side, as tables of HTML; none of what was not measured. */
final class ReportTables {
  private final List<Point> points;
  private final List<String> loads;
  private final StringBuilder html = new StringBuilder();

  private ReportTables(Result result) {
    this.points = result.points();
    this.loads = result.loads();
  }

  static String of(Result result) {
    ReportTables tables = new ReportTables(result);
    if (!result.points().isEmpty()) {
      tables.loads();
      tables.processors();
    }
    return tables.html.toString();
  }

  private void loads() {
    begin("By load", loads);
    row("sagas/s", point -> figure(1, point.measured().sagasPerSecond()));
    row("p50, ms", point -> figure(1, point.measured().latencies().p50()));
    row("p99, ms", point -> figure(1, point.measured().latencies().p99()));
    row("p99.9, ms", point -> figure(1, point.measured().latencies().p999()));
    row(
        "commits of PostgreSQL per saga",
        point -> point.postgres().flatMap(counted -> perSaga(point, 3, counted.commits())));
    row(
        "WAL bytes per saga",
        point -> point.postgres().flatMap(counted -> perSaga(point, 0, counted.walBytes())));
    row(
        "fsyncs of the WAL per saga",
        point -> point.postgres().flatMap(counted -> perSaga(point, 3, counted.walSyncs())));
    row(
        "commits of lanes per saga",
        point -> point.engine().flatMap(counted -> perSaga(point, 3, counted.commits())));
    row(
        "inputs per commit of a lane (batch size)",
        point -> point.engine().flatMap(counted -> figure(1, counted.inputsPerCommit())));
    end();
  }

  private void processors() {
    TreeSet<String> processes = new TreeSet<>();
    points.forEach(
        point -> point.cpu().ifPresent(used -> processes.addAll(used.byProcess().keySet())));
    if (processes.isEmpty()) {
      return;
    }
    List<String> columns = new ArrayList<>();
    for (String load : loads) {
      columns.add(load + ": ms per saga");
      columns.add("processors in use");
    }
    begin("CPU by process", columns);
    for (String process : processes) {
      html.append("<tr><th>").append(Report.escaped(process)).append("</th>");
      for (Point point : points) {
        Optional<Double> millis = point.cpu().map(used -> used.byProcess().get(process));
        cell(millis.flatMap(used -> perSaga(point, 3, used)));
        cell(
            millis.flatMap(
                used -> figure(2, used / point.cpu().map(CpuClock.Used::elapsed).orElseThrow())));
      }
      html.append("</tr>\n");
    }
    end();
  }

  private void begin(String title, List<String> columns) {
    html.append("<h2>").append(Report.escaped(title)).append("</h2>\n<table>\n<tr><th></th>");
    columns.forEach(name -> html.append("<th>").append(Report.escaped(name)).append("</th>"));
    html.append("</tr>\n");
  }

  private void row(String name, Function<Point, Optional<String>> figure) {
    List<Optional<String>> figures = points.stream().map(figure).toList();
    if (figures.stream().allMatch(Optional::isEmpty)) {
      return;
    }
    html.append("<tr><th>").append(Report.escaped(name)).append("</th>");
    figures.forEach(this::cell);
    html.append("</tr>\n");
  }

  private void cell(Optional<String> figure) {
    html.append("<td>").append(figure.map(Report::escaped).orElse("")).append("</td>");
  }

  private void end() {
    html.append("</table>\n");
  }

  private static Optional<String> perSaga(Point point, int digits, double total) {
    return figure(digits, point.perSaga(total));
  }

  private static Optional<String> figure(int digits, double value) {
    return Double.isFinite(value)
        ? Optional.of(String.format(Locale.ROOT, "%,." + digits + "f", value))
        : Optional.empty();
  }
}
