package io.skald.checker.real;

import io.skald.checker.wire.Layout;
import io.skald.checker.wire.Seen;
import io.skald.saga.message.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Topics from their beginning to where they end at this moment. */
final class Topics {

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int IDLE_POLLS = 12;

  private Topics() {}

  /**
   * All records of a layout's topics and dead letters; a topic that does not exist has none. An
   * hour's run has more than a million, with twice as many headers.
   *
   * @throws IllegalStateException when Kafka does not give a topic's last records within a minute
   */
  static List<Seen> read(String bootstrapServers, Layout layout) {
    Set<String> topics = new HashSet<>();
    for (Topic topic : layout.topics()) {
      topics.add(topic.name());
      topics.add(topic.deadLetters().name());
    }
    return read(bootstrapServers, topics);
  }

  private static List<Seen> read(String bootstrapServers, Set<String> topics) {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                false),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions = partitions(consumer, topics);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      return read(consumer, consumer.endOffsets(partitions));
    }
  }

  private static List<Seen> read(
      KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
    List<Seen> all = new ArrayList<>();
    Map<String, String> texts = new HashMap<>();
    int idle = 0;
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      int before = all.size();
      consumer.poll(PATIENCE).forEach(record -> all.add(seen(record, texts)));
      idle = all.size() == before ? idle + 1 : 0;
      if (idle == IDLE_POLLS) {
        throw new IllegalStateException(
            "Expected the topics to be readable up to " + ends + ", but no more records come");
      }
    }
    return all;
  }

  private static List<TopicPartition> partitions(
      KafkaConsumer<byte[], byte[]> consumer, Set<String> topics) {
    return consumer.listTopics().entrySet().stream()
        .filter(topic -> topics.contains(topic.getKey()))
        .flatMap(topic -> topic.getValue().stream())
        .map(info -> new TopicPartition(info.topic(), info.partition()))
        .toList();
  }

  /**
   * @param texts those of the records before it: most headers of a saga's records say the same
   */
  private static Seen seen(ConsumerRecord<byte[], byte[]> record, Map<String, String> texts) {
    Map<String, String> headers = new HashMap<>();
    for (Header header : record.headers()) {
      if (header.value() != null && Seen.HEADERS.contains(header.key())) {
        headers.putIfAbsent(
            once(header.key(), texts),
            once(new String(header.value(), StandardCharsets.UTF_8), texts));
      }
    }
    return new Seen(record.topic(), record.partition(), record.offset(), Map.copyOf(headers));
  }

  private static String once(String text, Map<String, String> texts) {
    return texts.computeIfAbsent(text, itself -> itself);
  }
}
