package io.skald.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AttemptsTest {

  private static final Instant T0 = Instant.parse("2026-03-01T12:00:00Z");

  @Test
  void shouldUseUpItsBudget_whenTriedAgain() {
    // when
    Attempts third = Attempts.firstAt(T0).next().next();
    // then
    assertThat(third).isEqualTo(new Attempts(3, 1, T0));
    assertThat(third.used()).isEqualTo(3);
    assertThat(third.elapsed(T0.plusSeconds(5))).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void shouldCountOnWithANewBudget_whenRenewed() {
    // when
    Attempts renewed = Attempts.firstAt(T0).next().renewed(T0.plusSeconds(60));
    // then
    assertThat(renewed).isEqualTo(new Attempts(3, 3, T0.plusSeconds(60)));
    assertThat(renewed.used()).isEqualTo(1);
    assertThat(renewed.next().used()).isEqualTo(2);
    assertThat(renewed.elapsed(T0.plusSeconds(61))).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void shouldNotCountTheTime_whenPaused() {
    assertThat(Attempts.firstAt(T0).paused(Duration.ofHours(1)).elapsed(T0.plusSeconds(3_601)))
        .isEqualTo(Duration.ofSeconds(1));
  }
}
