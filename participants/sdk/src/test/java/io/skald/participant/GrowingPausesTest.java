package io.skald.participant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.ShutdownEvent;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class GrowingPausesTest {

  private final GrowingPauses patience =
      new GrowingPauses(Duration.ofMillis(1), Duration.ofMillis(2));

  @Test
  void shouldTryUntilItWorks_whenInfrastructureIsAway() {
    AtomicInteger tries = new AtomicInteger();

    String result =
        patience.insist(
            "a test",
            () -> {
              if (tries.incrementAndGet() < 20) {
                throw new RetryBatchException("away", null);
              }
              return "done";
            });

    assertThat(result).isEqualTo("done");
    assertThat(tries).hasValue(20);
  }

  @Test
  void shouldLetGo_whenApplicationShutsDown() {
    patience.stop(new ShutdownEvent());

    assertThatThrownBy(
            () ->
                patience.insist(
                    "a test",
                    () -> {
                      throw new RetryBatchException("away", null);
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("shutdown");
  }

  @Test
  void shouldGrowUpToMaximum() {
    Duration min = Duration.ofMillis(100);
    Duration max = Duration.ofSeconds(5);

    assertThat(GrowingPauses.delay(min, max, 1, 0)).isEqualTo(min);
    assertThat(GrowingPauses.delay(min, max, 3, 0)).isEqualTo(Duration.ofMillis(400));
    assertThat(GrowingPauses.delay(min, max, 1000, 0)).isEqualTo(max);
    assertThat(GrowingPauses.delay(min, max, 1000, 1)).isEqualTo(max.dividedBy(2));
  }
}
