package io.skald.benchmark.queueing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skald.benchmark.queueing.Figures.Figure;
import io.skald.benchmark.queueing.Figures.Point;
import java.io.IOException;
import java.io.StringReader;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class FiguresTest {

  private static Figures figures(String text) throws IOException {
    Properties properties = new Properties();
    properties.load(new StringReader(text));
    return Figures.of(properties);
  }

  @Test
  void shouldSayWhereAFigureComesFrom_whenItIsRead() throws IOException {
    assertThat(figures("measured.a = 1\nassumed.b = 2.5").all())
        .containsExactly(new Figure("a", 1, true), new Figure("b", 2.5, false));
  }

  @Test
  void shouldRefuse_whenAFigureIsBothMeasuredAndAssumed() {
    assertThatThrownBy(() -> figures("measured.a = 1\nassumed.a = 2"))
        .hasMessageContaining("both measured and assumed");
  }

  @Test
  void shouldRefuse_whenAFigureIsNeitherMeasuredNorAssumed() {
    assertThatThrownBy(() -> figures("guessed.a = 1")).hasMessageContaining("guessed.a");
  }

  @Test
  void shouldGiveThePointsBySagasInFlight_whenThereAreSome() throws IOException {
    assertThat(
            figures(
                    "measured.point.512.rate = 900\n"
                        + "measured.point.64.rate = 300\nmeasured.point.64.p50.ms = 20")
                .points())
        .containsExactly(
            new Point(64, 300, 20, Double.NaN), new Point(512, 900, Double.NaN, Double.NaN));
  }

  @Test
  void shouldScaleEveryPart_whenCalibrated() {
    Figures scaled = FixedFigures.figures().scaled(2, 3);

    assertThat(scaled.get("cpu.kafka.ms")).isEqualTo(2 * 0.2);
    assertThat(scaled.get("turn.participants.ms")).isEqualTo(3 * 0.1);
    assertThat(scaled.get("hop.ms")).isEqualTo(FixedFigures.figures().get("hop.ms"));
  }
}
