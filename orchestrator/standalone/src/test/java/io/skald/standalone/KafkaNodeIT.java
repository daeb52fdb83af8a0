package io.skald.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KafkaNodeIT {
  @TempDir Path dir;

  @Test
  void shouldKeepRecordsAndOffsets_whenRestarted() throws Exception {
    // given
    KafkaOptions options = KafkaOptions.in(dir.resolve("kafka")).withQuickFailover();
    try (KafkaNode node = KafkaNode.start(options)) {
      createTopic(node, "orders");
      produce(node, "orders", "first", "second");
      assertThat(consume(node, "orders", 2)).containsExactly("first", "second");
    }
    // when
    try (KafkaNode node = KafkaNode.start(options)) {
      produce(node, "orders", "third");
      // then
      assertThat(consume(node, "orders", 1)).containsExactly("third");
    }
  }

  @Test
  void shouldRefuseUnknownTopics_whenNobodyMadeThem() {
    try (KafkaNode node = KafkaNode.start(KafkaOptions.in(dir.resolve("kafka")))) {
      assertThatThrownBy(() -> produce(node, "no-such-topic", "lost"))
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(TimeoutException.class);
    }
  }

  @Test
  void shouldSendClientsToTheAdvertisedPort_whenTheyComeByAListenerOfTheirOwn() throws Exception {
    // given
    int own = Loopback.orFree(0);
    int port = Loopback.orFree(0);
    KafkaOptions options =
        KafkaOptions.in(dir.resolve("kafka"))
            .onPort(port)
            .withListener(new KafkaOptions.Listener("PROXIED", own, port));
    try (KafkaNode node = KafkaNode.start(options);
        Admin proxied = Admin.create(Map.of("bootstrap.servers", "127.0.0.1:" + own))) {
      // then
      assertThat(portOf(proxied)).isEqualTo(node.port()).isNotEqualTo(own);
    }
  }

  private static int portOf(Admin admin) throws Exception {
    return admin.describeCluster().nodes().get(20, TimeUnit.SECONDS).iterator().next().port();
  }

  private static void createTopic(KafkaNode node, String topic) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", node.bootstrapServers()))) {
      admin
          .createTopics(List.of(new NewTopic(topic, 2, (short) 1)))
          .all()
          .get(20, TimeUnit.SECONDS);
    }
  }

  private static void produce(KafkaNode node, String topic, String... values) throws Exception {
    Map<String, Object> config =
        Map.of("bootstrap.servers", node.bootstrapServers(), "max.block.ms", "3000");
    try (var producer =
        new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
      for (String value : values) {
        producer.send(new ProducerRecord<>(topic, "key", value)).get(20, TimeUnit.SECONDS);
      }
    }
  }

  private static List<String> consume(KafkaNode node, String topic, int count) {
    Map<String, Object> config =
        Map.of(
            "bootstrap.servers", node.bootstrapServers(),
            "group.id", "readers",
            "enable.auto.commit", "false",
            "auto.offset.reset", "earliest");
    List<String> values = new ArrayList<>();
    try (var consumer =
        new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
      consumer.subscribe(List.of(topic));
      long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      while (values.size() < count && System.nanoTime() < deadline) {
        consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
      }
      consumer.commitSync();
    }
    return values;
  }
}
