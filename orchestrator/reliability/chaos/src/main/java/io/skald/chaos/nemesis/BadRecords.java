package io.skald.chaos.nemesis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Puts records onto the topics that are there already, some on another partition, and records that
 * nobody can want. Both are made of real ones that have just gone by. While Kafka is away it waits,
 * longer than any fault of Kafka lasts, and does nothing then. Thread-safe.
 */
final class BadRecords implements AutoCloseable {

  /** All that orchestrators and participants read. */
  static final List<String> TOPICS =
      List.of(
          "saga-requests",
          "order-events",
          "payment-events",
          "inventory-events",
          "shipping-events",
          "order-commands",
          "payment-commands",
          "inventory-commands",
          "shipping-commands");

  private static final Duration POLL = Duration.ofMillis(500);
  private static final int FROM_EACH_PARTITION = 30;
  private static final int MOST_COPIES = 4;
  private static final int CORRUPT = 40;
  private static final int AWAY_MILLIS = 30_000;

  private final Consumer<byte[], byte[]> consumer;
  private final Producer<byte[], byte[]> producer;
  private final ReentrantLock lock = new ReentrantLock();

  BadRecords(Consumer<byte[], byte[]> consumer, Producer<byte[], byte[]> producer) {
    this.consumer = consumer;
    this.producer = producer;
  }

  static BadRecords on(String bootstrapServers) {
    return new BadRecords(
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                false,
                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                AWAY_MILLIS,
                ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                4_000),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer()),
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                AWAY_MILLIS),
            new ByteArraySerializer(),
            new ByteArraySerializer()));
  }

  /**
   * Up to {@value #MOST_COPIES} copies of each of the last records of some topics.
   *
   * @return whether Kafka has taken one
   */
  boolean duplicate(Random random) {
    return write(
        output -> {
          for (String topic : some(random)) {
            for (ConsumerRecord<byte[], byte[]> record : last(topic)) {
              for (int copies = random.nextInt(MOST_COPIES + 1); copies > 0; copies--) {
                boolean elsewhere = random.nextInt(10) == 0;
                output.accept(
                    copy(record, elsewhere ? anyPartition(topic, random) : record.partition()));
              }
            }
          }
        });
  }

  /**
   * {@value #CORRUPT} records of all kinds that must end as dead letters or change nothing.
   *
   * @return whether Kafka has taken one
   */
  boolean corrupt(Random random) {
    CorruptRecords corrupt = new CorruptRecords(random);
    return write(
        output -> {
          List<String> topics = some(random);
          for (String topic : topics) {
            List<ConsumerRecord<byte[], byte[]>> models = last(topic);
            for (int i = 0; i < CORRUPT / topics.size() && !models.isEmpty(); i++) {
              ConsumerRecord<byte[], byte[]> model = models.get(random.nextInt(models.size()));
              ProducerRecord<byte[], byte[]> bad = corrupt.of(model, TOPICS);
              Marks.mark(bad.headers(), "corrupt");
              output.accept(bad);
            }
          }
        });
  }

  /** Makes records and gives each to its argument. */
  private interface Writing {
    void to(java.util.function.Consumer<ProducerRecord<byte[], byte[]>> output);
  }

  private boolean write(Writing writing) {
    AtomicBoolean written = new AtomicBoolean();
    lock.lock();
    try {
      writing.to(
          record ->
              producer.send(
                  record,
                  (where, failure) -> {
                    if (failure == null) {
                      written.set(true);
                    }
                  }));
      producer.flush();
    } catch (KafkaException away) {
      // Another fault has its turn with the broker.
    } finally {
      lock.unlock();
    }
    return written.get();
  }

  @Override
  public void close() {
    consumer.close();
    producer.close(Duration.ofSeconds(2));
  }

  private static List<String> some(Random random) {
    List<String> some = new ArrayList<>(TOPICS);
    some.removeIf(topic -> random.nextInt(3) == 0);
    return some.isEmpty() ? TOPICS : some;
  }

  private List<ConsumerRecord<byte[], byte[]>> last(String topic) {
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    consumer.assign(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    consumer
        .beginningOffsets(partitions)
        .forEach(
            (partition, first) ->
                consumer.seek(
                    partition,
                    Math.max(first, ends.getOrDefault(partition, first) - FROM_EACH_PARTITION)));
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    consumer.poll(POLL).forEach(records::add);
    return records;
  }

  private int anyPartition(String topic, Random random) {
    return random.nextInt(consumer.partitionsFor(topic).size());
  }

  private static ProducerRecord<byte[], byte[]> copy(
      ConsumerRecord<byte[], byte[]> record, int partition) {
    ProducerRecord<byte[], byte[]> copy =
        new ProducerRecord<>(
            record.topic(), partition, record.key(), record.value(), record.headers());
    Marks.mark(copy.headers(), "copy");
    return copy;
  }
}
