package io.skald.orchestrator.messaging;

import io.skald.orchestrator.lane.BrokerContract;
import io.skald.orchestrator.lane.InputSource;
import io.skald.orchestrator.lane.MessageSink;
import io.skald.orchestrator.lane.ShardMap;
import io.skald.standalone.KafkaNode;
import io.skald.standalone.KafkaOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The real Kafka keeps the contract that the simulated one keeps. */
class KafkaBrokerIT extends BrokerContract {

  @TempDir static Path directory;

  private static KafkaNode kafka;
  private static Map<String, Object> common;

  @BeforeAll
  static void start() {
    kafka = KafkaNode.start(KafkaOptions.in(directory.resolve("kafka")).withQuickFailover());
    common = Map.of("bootstrap.servers", kafka.bootstrapServers());
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @Override
  protected void create(String topic, int partitions) throws Exception {
    try (Admin admin = Admin.create(common)) {
      admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1))).all().get();
    }
  }

  @Override
  protected InputSource source(String topic, int partitions, int maxRecords) {
    return new KafkaSource(
        common,
        new ShardMap(SHARDS),
        Map.of(topic, partitions),
        maxRecords,
        new Gathering(Duration.ofMillis(2)));
  }

  @Override
  protected MessageSink sink() {
    return new KafkaSink(common, null);
  }
}
