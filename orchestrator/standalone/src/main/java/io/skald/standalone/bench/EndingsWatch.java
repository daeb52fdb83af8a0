package io.skald.standalone.bench;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads {@code saga-events} from where they end now, and tells how sagas end. */
final class EndingsWatch implements AutoCloseable {
  private static final String TOPIC = "saga-events";
  private static final Set<String> ENDINGS =
      Set.of("SagaCompleted", "SagaCompensated", "SagaAborted", "SagaParked");
  private static final Duration POLL = Duration.ofMillis(500);

  private final KafkaConsumer<String, byte[]> consumer;
  private final Completions completions;
  private final Thread thread;

  private EndingsWatch(KafkaConsumer<String, byte[]> consumer, Completions completions) {
    this.consumer = consumer;
    this.completions = completions;
    this.thread = Thread.ofPlatform().daemon().name("bench-endings").unstarted(this::read);
  }

  /** Returns when nothing that happens from now on can be missed. */
  static EndingsWatch start(String kafka, Completions completions) {
    KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                kafka,
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(TOPIC).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    // Seeking is lazy; asking for the positions does it.
    partitions.forEach(consumer::position);
    EndingsWatch watch = new EndingsWatch(consumer, completions);
    watch.thread.start();
    return watch;
  }

  @Override
  public void close() {
    consumer.wakeup();
    try {
      thread.join(Duration.ofSeconds(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void read() {
    try (consumer) {
      while (true) {
        for (ConsumerRecord<String, byte[]> event : consumer.poll(POLL)) {
          String type = text(event, "ce_type");
          if (ENDINGS.contains(type)) {
            completions.ended(
                text(event, "ce_subject"), new Completions.Ending(type, System.nanoTime()));
          }
        }
      }
    } catch (WakeupException closed) {
      // What close() asked for.
    }
  }

  private static String text(ConsumerRecord<String, byte[]> event, String name) {
    Header header = event.headers().lastHeader(name);
    return header == null || header.value() == null
        ? ""
        : new String(header.value(), StandardCharsets.UTF_8);
  }
}
