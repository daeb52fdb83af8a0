package io.skald.benchmark;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Consumers of what is published from now on, outside of any group. */
final class TopicTail {
  private TopicTail() {}

  /** How many partitions a topic has. */
  static int partitions(String kafka, String topic) {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(kafka)) {
      return consumer.partitionsFor(topic).size();
    }
  }

  /** One that stands at the end of every partition; nothing published later can be missed. */
  static KafkaConsumer<byte[], byte[]> at(String kafka, List<String> topics) {
    KafkaConsumer<byte[], byte[]> consumer = consumer(kafka);
    List<TopicPartition> partitions =
        topics.stream()
            .flatMap(topic -> consumer.partitionsFor(topic).stream())
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    // Seeking is lazy; asking for the positions does it.
    partitions.forEach(consumer::position);
    return consumer;
  }

  private static KafkaConsumer<byte[], byte[]> consumer(String kafka) {
    return new KafkaConsumer<>(
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            kafka,
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            false,
            ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
            5000,
            ConsumerConfig.RECEIVE_BUFFER_CONFIG,
            -1,
            ConsumerConfig.CHECK_CRCS_CONFIG,
            false),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }
}
