package io.skald.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class KafkaClientsTest {

  @Test
  void shouldLeaveBuffersToTheSystem_soThatNothingIsDroppedAndRepeated() {
    Map<String, Object> configuration = KafkaClients.withoutQuarkusOnlyKeys(Map.of());

    assertThat(configuration)
        .containsEntry("receive.buffer.bytes", -1)
        .containsEntry("send.buffer.bytes", -1);
  }

  @Test
  void shouldGiveWay_whenBufferIsConfigured() {
    assertThat(KafkaClients.withoutQuarkusOnlyKeys(Map.of("receive.buffer.bytes", 1024)))
        .containsEntry("receive.buffer.bytes", 1024);
  }

  @Test
  void shouldLeaveOutWhatOnlyQuarkusUnderstands() {
    assertThat(
            KafkaClients.withoutQuarkusOnlyKeys(
                Map.of("devservices.enabled", "false", "bootstrap.servers", "broker:9092")))
        .containsEntry("bootstrap.servers", "broker:9092")
        .doesNotContainKey("devservices.enabled");
  }
}
