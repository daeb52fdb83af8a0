package io.skald.chaos.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class BacklogTest {

  private static final TopicPartition READ = new TopicPartition("payment-commands", 0);
  private static final TopicPartition OTHER = new TopicPartition("payment-commands", 1);
  private static final TopicPartition ELSEWHERE = new TopicPartition("saga-events", 0);

  private final Backlog backlog = new Backlog(Map.of(READ, 10L, OTHER, 3L, ELSEWHERE, 100L));

  @Test
  void shouldCountWhatLiesBehindWhatWasRead() {
    assertThat(backlog.behind(Set.of("payment-commands"), Map.of(READ, 9L, OTHER, 3L))).isOne();
    assertThat(backlog.behind(Set.of("payment-commands"), Map.of(READ, 10L, OTHER, 3L))).isZero();
    assertThat(backlog.records()).isEqualTo(113);
  }

  @Test
  void shouldCountAllOfAPartition_whenItsReaderHasNotSaidHowFarItIs() {
    assertThat(backlog.behind(Set.of("payment-commands"), Map.of(READ, 10L))).isEqualTo(3);
    assertThat(backlog.behind(Set.of("payment-commands"), Map.of())).isEqualTo(13);
  }
}
