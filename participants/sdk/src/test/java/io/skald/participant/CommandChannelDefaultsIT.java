package io.skald.participant;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import io.smallrye.reactive.messaging.kafka.KafkaConsumer;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/** What a consumer of commands is told in an application that writes nothing about its channel. */
@QuarkusTest
@QuarkusTestResource(RealStack.class)
class CommandChannelDefaultsIT {

  private final KafkaClientService clients;

  @Inject
  CommandChannelDefaultsIT(KafkaClientService clients) {
    this.clients = clients;
  }

  @Test
  void shouldReachKafkasConsumer() {
    // when
    KafkaConsumer<String, byte[]> consumer = clients.getConsumer("payment-commands");
    // then
    assertThat(consumer.configuration().get("session.timeout.ms")).hasToString("6000");
    assertThat(consumer.configuration().get("heartbeat.interval.ms")).hasToString("1500");
    assertThat(consumer.configuration().get("group.id")).hasToString("payment");
  }
}
