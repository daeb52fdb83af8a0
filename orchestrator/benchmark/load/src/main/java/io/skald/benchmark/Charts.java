package io.skald.benchmark;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Pictures of a result; there is none of what was not measured. */
final class Charts {
  private static final int DOTS_PER_INCH = 144;
  private static final double KIBIBYTE = 1024;
  private static final DecimalFormat NUMBER =
      new DecimalFormat("#,##0.##", DecimalFormatSymbols.getInstance(Locale.ROOT));

  private final Result result;
  private final Map<String, Chart<?, ?>> charts = new LinkedHashMap<>();

  private Charts(Result result) {
    this.result = result;
  }

  /** By name, which is fit for a file. */
  static Map<String, Chart<?, ?>> of(Result result) {
    Charts all = new Charts(result);
    all.rateOverTime();
    all.charts.putAll(LatencyCharts.of(result));
    if (!result.points().isEmpty()) {
      all.rates();
      all.cpu();
      all.postgres();
      all.batches();
    }
    if (!result.scale().isEmpty()) {
      all.pauses();
    }
    return all.charts;
  }

  static byte[] svg(Chart<?, ?> chart) {
    try (ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
      VectorGraphicsEncoder.saveVectorGraphic(
          chart, bytes, VectorGraphicsEncoder.VectorGraphicsFormat.SVG);
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes each as {@code <name>.png}. */
  static void png(Map<String, Chart<?, ?>> charts, Path directory) throws IOException {
    Files.createDirectories(directory);
    for (Map.Entry<String, Chart<?, ?>> chart : charts.entrySet()) {
      BitmapEncoder.saveBitmapWithDPI(
          chart.getValue(),
          directory.resolve(chart.getKey() + ".png").toString(),
          BitmapEncoder.BitmapFormat.PNG,
          DOTS_PER_INCH);
    }
  }

  private void rateOverTime() {
    if (result.samples().isEmpty()) {
      return;
    }
    XYChart chart = ChartLook.lines("Sagas that end, by the second", "seconds", "sagas/s");
    List<String> names =
        result.samples().stream()
            .map(Sample::phase)
            .filter(name -> !name.equals(Load.WARM_UP))
            .distinct()
            .toList();
    for (List<Sample> phase : phases()) {
      String name = phase.getFirst().phase();
      boolean isNew = !chart.getSeriesMap().containsKey(name);
      XYSeries line =
          ChartLook.line(
              chart,
              isNew ? name : name + " from " + phase.getFirst().at(),
              phase.stream().map(Sample::at).toList(),
              phase.stream().map(Sample::rate).toList());
      line.setShowInLegend(isNew);
      line.setLineColor(ChartLook.colour(names.indexOf(name)));
      line.setMarkerColor(ChartLook.colour(names.indexOf(name)));
      if (phase.size() == 1) {
        line.setMarker(SeriesMarkers.CIRCLE);
      }
    }
    chart.getStyler().setYAxisMin(0.0);
    charts.put("rate-over-time", chart);
  }

  private void rates() {
    List<String> names = new ArrayList<>(result.loads());
    List<Double> rates =
        new ArrayList<>(
            result.points().stream().map(p -> round(p.measured().sagasPerSecond())).toList());
    result
        .yardstick()
        .ifPresent(
            yardstick -> {
              names.add("single-row commits/s");
              rates.add(round(yardstick.singleRowCommitsPerSecond()));
            });
    CategoryChart chart =
        ChartLook.bars("Sagas a second, and the yardstick", "load", "a second", names.size());
    chart.addSeries("a second", labelled(names, rates), rates);
    chart.getStyler().setLegendVisible(false);
    charts.put("rates", chart);
  }

  private void cpu() {
    TreeSet<String> processes = new TreeSet<>();
    result
        .points()
        .forEach(p -> p.cpu().ifPresent(used -> processes.addAll(used.byProcess().keySet())));
    if (processes.isEmpty()) {
      return;
    }
    CategoryChart chart =
        ChartLook.bars(
            "CPU for one saga, by process", "load", "milliseconds", result.loads().size());
    List<String> loads =
        labelled(
            result.loads(),
            values(
                point ->
                    point
                        .cpu()
                        .map(
                            used ->
                                used.byProcess().values().stream()
                                    .mapToDouble(point::perSaga)
                                    .sum())
                        .orElse(0.0)));
    chart.getStyler().setStacked(true);
    for (String process : processes) {
      chart.addSeries(
          process,
          loads,
          values(
              point ->
                  point
                      .cpu()
                      .map(used -> used.byProcess().getOrDefault(process, 0.0))
                      .map(point::perSaga)
                      .orElse(0.0)));
    }
    charts.put("cpu-per-saga", chart);
  }

  private void postgres() {
    if (result.points().stream().allMatch(point -> point.postgres().isEmpty())) {
      return;
    }
    CategoryChart chart =
        ChartLook.bars(
            "PostgreSQL's work for one saga", "load", "for one saga", result.loads().size());
    counted(chart, "commits", PostgresCounters::commits);
    counted(chart, "WAL syncs", PostgresCounters::walSyncs);
    counted(chart, "WAL, KiB", counters -> counters.walBytes() / KIBIBYTE);
    charts.put("postgres-per-saga", chart);
  }

  private void counted(
      CategoryChart chart, String name, ToDoubleFunction<PostgresCounters> figure) {
    chart.addSeries(
        name,
        result.loads(),
        values(
            point ->
                point.postgres().map(c -> point.perSaga(figure.applyAsDouble(c))).orElse(0.0)));
  }

  private void batches() {
    if (result.points().stream().allMatch(point -> point.engine().isEmpty())) {
      return;
    }
    CategoryChart chart =
        ChartLook.bars("Inputs that share a commit", "load", "inputs", result.loads().size());
    List<Double> inputs =
        values(point -> point.engine().map(EngineCounters::inputsPerCommit).orElse(0.0));
    chart.addSeries("inputs per commit", labelled(result.loads(), inputs), inputs);
    chart.getStyler().setLegendVisible(false);
    charts.put("inputs-per-commit", chart);
  }

  private void pauses() {
    List<String> steps = new ArrayList<>();
    for (ScaleStep step : result.scale()) {
      steps.add("step " + (steps.size() + 1) + ", " + step.orchestrators() + " running");
    }
    CategoryChart chart =
        ChartLook.bars(
            "Longest pause of a shard as orchestrators come and go",
            "step",
            "milliseconds",
            steps.size());
    List<Double> millis =
        result.scale().stream().map(step -> round(step.longestPauseMillis())).toList();
    chart.addSeries("longest pause", labelled(steps, millis), millis);
    chart.getStyler().setLegendVisible(false);
    charts.put("pauses", chart);
  }

  private List<Double> values(ToDoubleFunction<Point> figure) {
    return result.points().stream().map(p -> round(figure.applyAsDouble(p))).toList();
  }

  /** Bars with their values below them: XChart's own labels do not fit into small ones. */
  private static List<String> labelled(List<String> names, List<Double> values) {
    List<String> labels = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      labels.add(names.get(i) + ": " + NUMBER.format(values.get(i)));
    }
    return labels;
  }

  /** Samples that follow each other in one phase. */
  private List<List<Sample>> phases() {
    List<List<Sample>> phases = new ArrayList<>();
    for (Sample sample : result.samples()) {
      if (phases.isEmpty() || !phases.getLast().getLast().phase().equals(sample.phase())) {
        phases.add(new ArrayList<>());
      }
      phases.getLast().add(sample);
    }
    return phases;
  }

  private static double round(double value) {
    return Math.abs(value) >= 100 ? Math.rint(value) : Math.rint(value * 100) / 100;
  }
}
