package io.skald.checker.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SpreadTest {

  @Test
  void shouldTakeTheNearestRank() {
    List<Duration> times =
        IntStream.rangeClosed(1, 200).mapToObj(n -> Duration.ofMillis(201 - n)).toList();
    assertThat(Spread.ofMillis(times)).isEqualTo(new Spread(200, 100, 198, 200));
    assertThat(Spread.ofMillis(times)).hasToString("p50 0.1 s, p99 0.2 s, max 0.2 s, of 200");
  }

  @Test
  void shouldBeZero_whenThereIsNone() {
    assertThat(Spread.ofMillis(List.of())).isEqualTo(new Spread(0, 0, 0, 0)).hasToString("none");
  }
}
