package io.skald.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knowm.xchart.internal.chartpart.Chart;

final class ReportTest {

  @BeforeAll
  static void needNoScreen() {
    System.setProperty("java.awt.headless", "true");
  }

  @Test
  void shouldDrawEverythingThatWasMeasured() {
    assertThat(Charts.of(Results.full()).keySet())
        .containsExactly(
            "rate-over-time",
            "latency-over-time",
            "latency-histogram",
            "latency-percentiles",
            "rate-and-latency",
            "rates",
            "cpu-per-saga",
            "postgres-per-saga",
            "inputs-per-commit",
            "pauses");
    assertThat(Charts.of(Results.empty())).isEmpty();
  }

  @Test
  void shouldTellLoadsApart_whenTheSameWasPutOnTwice() {
    Result once = Results.full();
    List<Point> twice =
        List.of(Results.point(LoadPoint.closed(8), 1000), Results.point(LoadPoint.closed(8), 5000));
    Result result =
        new Result(
            once.arguments(),
            once.machine(),
            once.versions(),
            twice,
            once.lone(),
            once.errors(),
            once.balance(),
            once.unfinished(),
            once.yardstick(),
            once.samples(),
            once.scale(),
            once.timers());

    assertThat(result.loads()).containsExactly("8 in flight", "8 in flight (2)");
    assertThat(Charts.of(result)).hasSameSizeAs(Charts.of(once));
  }

  @Test
  void shouldBeOneFile_withFiguresAndPictures() {
    Result result = Results.full();
    Map<String, Chart<?, ?>> charts = Charts.of(result);

    String html = Report.of(result, charts);

    assertThat(html)
        .contains("500", "p99, 64 in flight", "2 x Not ended within 60 s", "&quot;sweep&quot;")
        .doesNotContain("<link", "<script", "http://");
    assertThat(html.split("data:image/svg\\+xml;base64,", -1)).hasSize(charts.size() + 1);
    String svg =
        new String(Charts.svg(Objects.requireNonNull(charts.get("rates"))), StandardCharsets.UTF_8);
    // Not printed whole when it is not so.
    assertThat(svg.contains("<svg") && svg.contains("</svg>")).isTrue();
  }

  @Test
  void shouldPutTheFiguresOfAllLoadsSideBySide() {
    assertThat(Report.of(Results.full(), Map.of()))
        .contains("Skald abc1234-dirty, Kafka 4.9, PostgreSQL 18.9")
        .contains("<tr><th></th><th>8 in flight</th><th>64 in flight</th></tr>")
        .contains("<tr><th>sagas/s</th><td>100.0</td><td>500.0</td></tr>")
        .contains("<tr><th>commits of PostgreSQL per saga</th><td>15.000</td><td>3.000</td></tr>")
        .contains("<tr><th>WAL bytes per saga</th><td>5,000</td><td>1,000</td></tr>")
        .contains("<tr><th>fsyncs of the WAL per saga</th><td>10.000</td><td>2.000</td></tr>")
        .contains(
            "<tr><th>inputs per commit of a lane (batch size)</th><td>20.0</td><td>20.0</td></tr>")
        .contains(
            "<tr><th>orchestrator</th><td>2.500</td><td>0.25</td><td>0.500</td><td>0.25</td></tr>");
  }

  @Test
  void shouldSayThatNothingWasMeasured_whenNothingWas() {
    assertThat(Report.of(Results.empty(), Map.of()))
        .contains("not known")
        .doesNotContain("<img", "<table");
  }

  @Test
  void shouldWritePictures(@TempDir Path directory) throws Exception {
    Map<String, Chart<?, ?>> charts = Charts.of(Results.full());

    Charts.png(charts, directory);

    for (String name : List.copyOf(charts.keySet())) {
      var image = ImageIO.read(directory.resolve(name + ".png").toFile());
      assertThat(image.getWidth()).as(name).isGreaterThan(1000);
    }
  }
}
