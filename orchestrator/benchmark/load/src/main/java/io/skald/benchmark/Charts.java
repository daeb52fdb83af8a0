package io.skald.benchmark;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
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
import org.HdrHistogram.HistogramIterationValue;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Pictures of a result; there is none of what was not measured. */
final class Charts {
  private static final double MICROS_PER_MILLI = 1000;
  private static final double LEAST_MILLIS = 0.1;
  private static final int PERCENTILE_TICKS = 5;
  private static final int MOST_NINES = 4;
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
    all.latencyOverTime();
    if (!result.points().isEmpty()) {
      all.percentiles();
      all.ratesAndLatencies();
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
    for (List<Sample> phase : phases()) {
      String name = phase.getFirst().phase();
      boolean isNew = !chart.getSeriesMap().containsKey(name);
      XYSeries line =
          line(
              chart,
              isNew ? name : name + " from " + phase.getFirst().at(),
              phase.stream().map(Sample::at).toList(),
              phase.stream().map(Sample::rate).toList());
      line.setShowInLegend(isNew);
      if (name.equals(Load.WARM_UP)) {
        line.setLineColor(ChartLook.PALE);
      }
      if (phase.size() == 1) {
        line.setMarker(SeriesMarkers.CIRCLE);
      }
    }
    chart.getStyler().setYAxisMin(0.0);
    charts.put("rate-over-time", chart);
  }

  private void latencyOverTime() {
    if (result.samples().isEmpty()) {
      return;
    }
    XYChart chart = ChartLook.lines("Latency, by the second", "seconds", "milliseconds");
    List<Double> at = result.samples().stream().map(Sample::at).toList();
    line(chart, "p99", at, millis(result.samples(), Sample::p99));
    line(chart, "p50", at, millis(result.samples(), Sample::p50));
    chart.getStyler().setYAxisLogarithmic(true);
    charts.put("latency-over-time", chart);
  }

  /** Percentiles as HdrHistogram draws them: each tick is another nine. */
  private void percentiles() {
    XYChart chart = ChartLook.lines("Latency by percentile", "percentile", "milliseconds");
    for (Point point : result.points()) {
      List<Double> nines = new ArrayList<>();
      List<Double> millis = new ArrayList<>();
      for (HistogramIterationValue value :
          point.measured().micros().percentiles(PERCENTILE_TICKS)) {
        double left = 1 - value.getPercentileLevelIteratedTo() / 100;
        double nine = left <= 0 ? MOST_NINES : Math.min(MOST_NINES, -Math.log10(left));
        nines.add(nine);
        millis.add(Math.max(LEAST_MILLIS, value.getValueIteratedTo() / MICROS_PER_MILLI));
        if (nine >= MOST_NINES) {
          break;
        }
      }
      if (point.measured().micros().getTotalCount() > 0) {
        line(chart, point.load().text(), nines, millis);
      }
    }
    if (chart.getSeriesMap().isEmpty()) {
      return;
    }
    chart.getStyler().setYAxisLogarithmic(true);
    chart.getStyler().setXAxisMin(0.0).setXAxisMax((double) MOST_NINES);
    chart.getStyler().setXAxisTickMarkSpacingHint(150);
    chart.getStyler().setxAxisTickLabelsFormattingFunction(Charts::percentile);
    charts.put("latency-percentiles", chart);
  }

  /** What a rate costs in latency. */
  private void ratesAndLatencies() {
    if (result.points().size() < 2) {
      return;
    }
    XYChart chart = ChartLook.lines("What a rate costs in latency", "sagas/s", "milliseconds");
    List<Point> points =
        result.points().stream()
            .filter(point -> point.measured().micros().getTotalCount() > 0)
            .toList();
    if (points.isEmpty()) {
      return;
    }
    List<Double> rates = points.stream().map(p -> p.measured().sagasPerSecond()).toList();
    Map<String, ToDoubleFunction<Latencies.Summary>> kinds = new LinkedHashMap<>();
    kinds.put("p99.9", Latencies.Summary::p999);
    kinds.put("p99", Latencies.Summary::p99);
    kinds.put("p90", Latencies.Summary::p90);
    kinds.put("p50", Latencies.Summary::p50);
    kinds.forEach(
        (name, kind) ->
            line(
                    chart,
                    name,
                    rates,
                    points.stream()
                        .map(p -> positive(kind.applyAsDouble(p.measured().latencies())))
                        .toList())
                .setMarker(SeriesMarkers.CIRCLE));
    chart.getStyler().setYAxisLogarithmic(true).setXAxisMin(0.0);
    charts.put("rate-and-latency", chart);
  }

  private void rates() {
    List<String> names = new ArrayList<>(loads());
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
        ChartLook.bars("CPU for one saga, by process", "load", "milliseconds", loads().size());
    List<String> loads =
        labelled(
            loads(),
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
        ChartLook.bars("PostgreSQL's work for one saga", "load", "for one saga", loads().size());
    counted(chart, "commits", PostgresCounters::commits);
    counted(chart, "WAL syncs", PostgresCounters::walSyncs);
    counted(chart, "WAL, KiB", counters -> counters.walBytes() / KIBIBYTE);
    charts.put("postgres-per-saga", chart);
  }

  private void counted(
      CategoryChart chart, String name, ToDoubleFunction<PostgresCounters> figure) {
    chart.addSeries(
        name,
        loads(),
        values(
            point ->
                point.postgres().map(c -> point.perSaga(figure.applyAsDouble(c))).orElse(0.0)));
  }

  private void batches() {
    if (result.points().stream().allMatch(point -> point.engine().isEmpty())) {
      return;
    }
    CategoryChart chart =
        ChartLook.bars("Inputs that share a commit", "load", "inputs", loads().size());
    List<Double> inputs =
        values(point -> point.engine().map(EngineCounters::inputsPerCommit).orElse(0.0));
    chart.addSeries("inputs per commit", labelled(loads(), inputs), inputs);
    chart.getStyler().setLegendVisible(false);
    charts.put("inputs-per-commit", chart);
  }

  private void pauses() {
    List<String> steps = new ArrayList<>();
    for (ScaleStep step : result.scale()) {
      steps.add((steps.size() + 1) + ": " + step.orchestrators() + " orchestrators");
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

  private List<String> loads() {
    List<String> names = new ArrayList<>();
    for (Point point : result.points()) {
      String name = point.load().text();
      // A category stands for one load, even if the same one was put on twice.
      names.add(names.contains(name) ? name + " (" + (names.size() + 1) + ")" : name);
    }
    return names;
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

  private static XYSeries line(XYChart chart, String name, List<Double> x, List<Double> y) {
    XYSeries series = chart.addSeries(name, x, y);
    series.setMarker(SeriesMarkers.NONE);
    chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideE);
    return series;
  }

  private static List<Double> millis(List<Sample> samples, ToDoubleFunction<Sample> figure) {
    return samples.stream().map(s -> positive(figure.applyAsDouble(s))).toList();
  }

  /** A logarithmic axis has no 0. */
  private static double positive(double millis) {
    return Math.max(LEAST_MILLIS, millis);
  }

  /** XChart looks for other ticks for as long as two of them bear the same label. */
  private static String percentile(double nines) {
    return BigDecimal.valueOf(100 * (1 - Math.pow(10, -nines)))
            .setScale((int) Math.ceil(Math.max(0, nines)) + 1, RoundingMode.HALF_UP)
            .stripTrailingZeros()
            .toPlainString()
        + " %";
  }

  private static double round(double value) {
    return Math.abs(value) >= 100 ? Math.rint(value) : Math.rint(value * 100) / 100;
  }
}
