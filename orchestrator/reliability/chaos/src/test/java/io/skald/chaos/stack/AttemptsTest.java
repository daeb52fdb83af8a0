package io.skald.chaos.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.skald.standalone.StandaloneException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AttemptsTest {

  private final AtomicInteger attempts = new AtomicInteger();
  private final AtomicInteger undone = new AtomicInteger();

  @Test
  void shouldGiveUp_whenThePatienceIsOver() {
    assertThat(within(Duration.ZERO, Integer.MAX_VALUE)).isFalse();
    assertThat(attempts).hasValue(1);
    assertThat(undone).hasValue(1);
  }

  @Test
  void shouldTryAgain_whenThereIsTime() {
    assertThat(within(Duration.ofHours(1), 3)).isTrue();
    assertThat(undone).hasValue(2);
  }

  @Test
  void shouldNotTry_whenAllIsOver() {
    assertThat(
            Attempts.within(
                Duration.ofHours(1),
                () -> true,
                attempts::incrementAndGet,
                undone::incrementAndGet))
        .isFalse();
    assertThat(attempts).hasValue(0);
  }

  private boolean within(Duration patience, int needed) {
    return Attempts.within(
        patience,
        () -> false,
        () -> {
          if (attempts.incrementAndGet() < needed) {
            throw new StandaloneException("not yet");
          }
        },
        undone::incrementAndGet);
  }
}
