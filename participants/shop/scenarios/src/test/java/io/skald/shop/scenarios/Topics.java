package io.skald.shop.scenarios;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** What stands in Kafka, from the beginning; and a way to put something there. */
final class Topics implements AutoCloseable {

  /** Each topic of the stack has so many, which is how many shards there are. */
  static final int PARTITIONS = 8;

  private static final Duration POLL = Duration.ofMillis(200);

  private final KafkaConsumer<String, byte[]> consumer;
  private final KafkaProducer<String, byte[]> producer;
  private final Admin admin;

  Topics(String bootstrapServers) {
    consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                // A fetch that waits at the end of a topic holds up the reading of the next one.
                ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                10),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    producer =
        new KafkaProducer<>(
            Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
            new StringSerializer(),
            new ByteArraySerializer());
    admin = Admin.create(Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers));
  }

  /** All that stands in a topic at this moment; in the order of offsets within a partition. */
  List<Message> read(String topic) {
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions));
    List<Message> read = new ArrayList<>();
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      consumer.poll(POLL).forEach(source -> read.add(Message.of(source)));
    }
    return read;
  }

  List<Message> read(String topic, Predicate<Message> wanted) {
    return read(topic).stream().filter(wanted).toList();
  }

  /** What stands in a topic about an order. */
  List<Message> read(String topic, PlacedOrder order) {
    return read(topic, message -> message.key().equals(order.id()));
  }

  /**
   * The types of the messages in a topic about an order. A message that was published again, which
   * the contract allows, counts once.
   */
  List<String> types(String topic, PlacedOrder order) {
    Set<String> ids = new HashSet<>();
    return read(topic, order).stream()
        .filter(message -> ids.add(message.id()))
        .map(Message::type)
        .toList();
  }

  /** The first message of this type about an order, as soon as it is there. */
  Message await(String topic, PlacedOrder order, String type) {
    return await(topic, message -> message.key().equals(order.id()) && message.type().equals(type));
  }

  Message await(String topic, Predicate<Message> wanted) {
    return Patience.await().until(() -> read(topic, wanted), found -> !found.isEmpty()).getFirst();
  }

  /** Waits until a participant has taken a command, whatever it did with it. */
  void awaitTaken(String participant, Message command) {
    TopicPartition partition = new TopicPartition(command.topic(), command.partition());
    Patience.await().until(() -> committed(participant, partition) > command.offset());
  }

  private long committed(String group, TopicPartition partition)
      throws ExecutionException, InterruptedException {
    OffsetAndMetadata offset =
        admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get().get(partition);
    return offset == null ? -1 : offset.offset();
  }

  /** Deletes a topic with all that stands in it, and makes it again. */
  void lose(String topic) {
    try {
      admin.deleteTopics(List.of(topic)).all().get();
      admin.createTopics(List.of(new NewTopic(topic, PARTITIONS, (short) 1))).all().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("Expected Kafka to make topic '" + topic + "' again", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    }
  }

  /** Has a participant that does not run read all of its commands again when it does. */
  void rewind(String participant) {
    Map<TopicPartition, OffsetAndMetadata> beginning = new HashMap<>();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      beginning.put(
          new TopicPartition(participant + "-commands", partition), new OffsetAndMetadata(0));
    }
    // Who has just ended is a member of the group for a moment longer.
    Patience.await()
        .ignoreException(ExecutionException.class)
        .until(
            () -> {
              admin.alterConsumerGroupOffsets(participant, beginning).all().get();
              return true;
            });
  }

  /** Sends it to the very topic and partition that it names, and waits until Kafka has it. */
  void send(Message message) {
    send(message, 1);
  }

  void send(Message message, int times) {
    try {
      for (int i = 0; i < times; i++) {
        producer.send(message.outgoing()).get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("Expected Kafka to take " + message, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    }
  }

  @Override
  public void close() {
    producer.close();
    consumer.close();
    admin.close();
  }
}
