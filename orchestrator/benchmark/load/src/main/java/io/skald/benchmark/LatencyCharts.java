package io.skald.benchmark;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Pictures of how long sagas took; there is none of what was not measured. */
final class LatencyCharts {
  private static final double MICROS_PER_MILLI = 1000;
  private static final double LEAST_MILLIS = 0.1;
  private static final int PERCENTILE_TICKS = 5;
  private static final int MOST_NINES = 4;

  /** The upper end of a histogram's first class, and how much wider each next one is. */
  private static final long FIRST_CLASS_MICROS = 200;

  private static final double NEXT_CLASS = 1.25;

  private final Result result;
  private final Map<String, Chart<?, ?>> charts = new LinkedHashMap<>();

  private LatencyCharts(Result result) {
    this.result = result;
  }

  /** By name, which is fit for a file. */
  static Map<String, Chart<?, ?>> of(Result result) {
    LatencyCharts all = new LatencyCharts(result);
    all.latencyOverTime();
    if (!all.measured().isEmpty()) {
      all.histogram();
      all.percentiles();
      all.ratesAndLatencies();
    }
    return all.charts;
  }

  /** The loads under which sagas ended, by name. */
  private Map<String, Point> measured() {
    Map<String, Point> measured = new LinkedHashMap<>();
    for (int i = 0; i < result.points().size(); i++) {
      Point point = result.points().get(i);
      if (point.measured().micros().getTotalCount() > 0) {
        measured.put(result.loads().get(i), point);
      }
    }
    return measured;
  }

  private void latencyOverTime() {
    List<Sample> samples = result.samples().stream().filter(s -> s.rate() > 0).toList();
    if (samples.isEmpty()) {
      return;
    }
    XYChart chart = ChartLook.lines("Latency, by the second", "seconds", "milliseconds");
    List<Double> at = samples.stream().map(Sample::at).toList();
    ChartLook.line(chart, "p99", at, millis(samples, Sample::p99));
    ChartLook.line(chart, "p50", at, millis(samples, Sample::p50));
    ChartLook.logarithmicY(chart);
    charts.put("latency-over-time", chart);
  }

  /** What part of the sagas took so long; each class of time is a quarter wider than the last. */
  private void histogram() {
    XYChart chart = ChartLook.lines("How long sagas took", "milliseconds", "% of the sagas");
    measured().forEach((load, point) -> histogram(chart, load, point.measured().micros()));
    ChartLook.logarithmicX(chart);
    chart.getStyler().setYAxisMin(0.0);
    charts.put("latency-histogram", chart);
  }

  /** From the first class that is not empty to where there are none any more. */
  private static void histogram(XYChart chart, String load, Histogram micros) {
    List<Double> millis = new ArrayList<>();
    List<Double> share = new ArrayList<>();
    for (HistogramIterationValue value :
        micros.logarithmicBucketValues(FIRST_CLASS_MICROS, NEXT_CLASS)) {
      if (value.getTotalCountToThisValue() > 0) {
        millis.add(value.getValueIteratedTo() / MICROS_PER_MILLI);
        share.add(100.0 * value.getCountAddedInThisIterationStep() / micros.getTotalCount());
      }
    }
    millis.add(millis.getLast() * NEXT_CLASS);
    share.add(0.0);
    ChartLook.line(chart, load, millis, share);
  }

  /** Percentiles as HdrHistogram draws them: each tick is another nine. */
  private void percentiles() {
    XYChart chart = ChartLook.lines("Latency by percentile", "percentile", "milliseconds");
    measured().forEach((load, point) -> percentiles(chart, load, point.measured().micros()));
    ChartLook.logarithmicY(chart);
    chart.getStyler().setXAxisMin(0.0).setXAxisMax((double) MOST_NINES);
    chart.getStyler().setXAxisTickMarkSpacingHint(150);
    chart.getStyler().setxAxisTickLabelsFormattingFunction(LatencyCharts::percentile);
    charts.put("latency-percentiles", chart);
  }

  private static void percentiles(XYChart chart, String load, Histogram micros) {
    List<Double> nines = new ArrayList<>();
    List<Double> millis = new ArrayList<>();
    for (HistogramIterationValue value : micros.percentiles(PERCENTILE_TICKS)) {
      double left = 1 - value.getPercentileLevelIteratedTo() / 100;
      double nine = left <= 0 ? MOST_NINES : Math.min(MOST_NINES, -Math.log10(left));
      nines.add(nine);
      millis.add(Math.max(LEAST_MILLIS, value.getValueIteratedTo() / MICROS_PER_MILLI));
      if (nine >= MOST_NINES) {
        break;
      }
    }
    ChartLook.line(chart, load, nines, millis);
  }

  /** What a rate costs in latency. */
  private void ratesAndLatencies() {
    if (result.points().size() < 2) {
      return;
    }
    XYChart chart = ChartLook.lines("What a rate costs in latency", "sagas/s", "milliseconds");
    List<Point> points =
        measured().values().stream()
            .sorted(Comparator.comparingDouble(p -> p.measured().sagasPerSecond()))
            .toList();
    List<Double> rates = points.stream().map(p -> p.measured().sagasPerSecond()).toList();
    Map<String, ToDoubleFunction<Latencies.Summary>> kinds = new LinkedHashMap<>();
    kinds.put("p99.9", Latencies.Summary::p999);
    kinds.put("p99", Latencies.Summary::p99);
    kinds.put("p90", Latencies.Summary::p90);
    kinds.put("p50", Latencies.Summary::p50);
    kinds.forEach(
        (name, kind) ->
            ChartLook.line(
                    chart,
                    name,
                    rates,
                    points.stream()
                        .map(p -> positive(kind.applyAsDouble(p.measured().latencies())))
                        .toList())
                .setMarker(SeriesMarkers.CIRCLE));
    ChartLook.logarithmicY(chart);
    chart.getStyler().setXAxisMin(0.0);
    charts.put("rate-and-latency", chart);
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
}
