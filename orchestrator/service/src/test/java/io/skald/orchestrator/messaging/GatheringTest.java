package io.skald.orchestrator.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class GatheringTest {

  private final Gathering gathering = new Gathering(Duration.ofMillis(2));

  @Test
  void shouldNotWait_whenASagaRunsAlone_orInSmallCompany() {
    for (int i = 0; i < 100; i++) {
      assertThat(gathering.pays(1)).isFalse();
      assertThat(gathering.pays(2)).isFalse();
    }
  }

  @Test
  void shouldWait_whenRecordsComeInCompany() {
    batches(6, 20);

    assertThat(gathering.pays(1)).isTrue();
  }

  @Test
  void shouldStopWaiting_whenTheCompanyHasGone() {
    batches(6, 20);
    batches(1, 20);

    assertThat(gathering.pays(1)).isFalse();
  }

  @Test
  void shouldNotWait_whenTheBatchIsLargeAsItIs() {
    batches(100, 20);

    assertThat(gathering.pays(100)).isFalse();
  }

  @Test
  void shouldNotWait_whenNothingCame() {
    batches(6, 20);

    assertThat(gathering.pays(0)).isFalse();
  }

  @Test
  void shouldNeverWait_whenThePauseIsZero() {
    Gathering never = new Gathering(Duration.ZERO);
    for (int i = 0; i < 20; i++) {
      never.pays(6);
    }

    assertThat(never.pays(6)).isFalse();
  }

  private void batches(int records, int times) {
    for (int i = 0; i < times; i++) {
      gathering.pays(records);
    }
  }
}
