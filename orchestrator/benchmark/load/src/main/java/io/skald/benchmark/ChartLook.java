package io.skald.benchmark;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.List;
import java.util.stream.DoubleStream;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** How all charts look: plain, with colours that the colour-blind can tell apart. */
final class ChartLook {
  private static final int WIDTH = 860;
  private static final int HEIGHT = 420;
  private static final int BIGGEST_BAR_PERCENT = 60;

  /** More labels than these do not fit beside each other. */
  private static final int FLAT_LABELS = 4;

  private static final int SLANT_DEGREES = 20;

  /** Okabe and Ito's palette, the yellow left out. */
  private static final Color[] COLOURS = {
    new Color(0x0072B2),
    new Color(0xD55E00),
    new Color(0x009E73),
    new Color(0xCC79A7),
    new Color(0xE69F00),
    new Color(0x56B4E9),
    new Color(0x555555)
  };

  /** For what is not the point. */
  private static final Color PALE = new Color(0xAAAAAA);

  private static final Color INK = new Color(0x333333);
  private static final Color GRID = new Color(0xDDDDDD);
  private static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
  private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 16);

  private ChartLook() {}

  /**
   * @param index of what is shown; below 0 for what is not the point
   */
  static Color colour(int index) {
    return index < 0 ? PALE : COLOURS[index % COLOURS.length];
  }

  static XYChart lines(String title, String x, String y) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .xAxisTitle(x)
            .yAxisTitle(y)
            .build();
    style(chart.getStyler());
    chart.getStyler().setMarkerSize(8);
    return chart;
  }

  /** A line without marks. */
  static XYSeries line(XYChart chart, String name, List<Double> x, List<Double> y) {
    XYSeries series = chart.addSeries(name, x, y);
    series.setMarker(SeriesMarkers.NONE);
    return series;
  }

  /** Makes an axis logarithmic, from one power of ten to another: only these have labels. */
  static void logarithmicX(XYChart chart) {
    var series = chart.getSeriesMap().values();
    chart.getStyler().setXAxisLogarithmic(true);
    chart.getStyler().setXAxisMin(powerBelow(series.stream().mapToDouble(XYSeries::getXMin)));
    chart.getStyler().setXAxisMax(powerAbove(series.stream().mapToDouble(XYSeries::getXMax)));
  }

  /** As {@link #logarithmicX}, the other one. */
  static void logarithmicY(XYChart chart) {
    var series = chart.getSeriesMap().values();
    chart.getStyler().setYAxisLogarithmic(true);
    chart.getStyler().setYAxisMin(powerBelow(series.stream().mapToDouble(XYSeries::getYMin)));
    chart.getStyler().setYAxisMax(powerAbove(series.stream().mapToDouble(XYSeries::getYMax)));
  }

  private static double powerBelow(DoubleStream values) {
    return Math.pow(10, Math.floor(Math.log10(values.min().orElseThrow())));
  }

  private static double powerAbove(DoubleStream values) {
    return Math.pow(10, 1 + Math.floor(Math.log10(values.max().orElseThrow())));
  }

  /**
   * @param groups how many categories there will be; few bars are kept slim
   */
  static CategoryChart bars(String title, String x, String y, int groups) {
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .xAxisTitle(x)
            .yAxisTitle(y)
            .build();
    style(chart.getStyler());
    chart
        .getStyler()
        .setAvailableSpaceFill(Math.min(BIGGEST_BAR_PERCENT, 15 + 10 * groups) / 100.0);
    if (groups > FLAT_LABELS) {
      chart.getStyler().setXAxisLabelRotation(SLANT_DEGREES);
    }
    return chart;
  }

  private static void style(AxesChartStyler styler) {
    styler.setBaseFont(TEXT);
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setChartFontColor(INK);
    styler.setChartTitleFont(TITLE);
    styler.setChartTitleBoxVisible(false);
    styler.setChartPadding(12);
    styler.setLegendFont(TEXT);
    styler.setLegendBorderColor(Color.WHITE);
    styler.setLegendPosition(Styler.LegendPosition.OutsideE);
    styler.setPlotBorderVisible(false);
    styler.setSeriesColors(COLOURS);
    styler.setSeriesLines(new BasicStroke[] {new BasicStroke(2f)});
    styler.setSeriesMarkers(new Marker[] {SeriesMarkers.CIRCLE});
    styler.setAxisTitleFont(TEXT);
    styler.setAxisTickLabelsFont(TEXT.deriveFont(12f));
    styler.setPlotGridLinesColor(GRID);
    styler.setPlotGridLinesStroke(new BasicStroke(1f));
    styler.setYAxisDecimalPattern("#,##0.##");
    styler.setXAxisDecimalPattern("#,##0.##");
  }
}
