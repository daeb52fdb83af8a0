package io.skald.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MomentTest {

  @Test
  void shouldCutToMicroseconds_whenTheClockIsFiner() {
    assertThat(new Moment(Instant.parse("2026-03-01T12:00:00.123456789Z"), 0).now())
        .isEqualTo(Instant.parse("2026-03-01T12:00:00.123456Z"));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1, Double.NaN, Double.POSITIVE_INFINITY})
  void shouldBeRefused_whenRandomIsOutOfRange(double random) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Moment(Instant.EPOCH, random));
  }
}
