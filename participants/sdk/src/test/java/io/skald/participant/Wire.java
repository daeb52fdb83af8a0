package io.skald.participant;

import io.skald.saga.message.WireHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;

/** The orchestrator's side of the wire, as the tests need it. One thread. */
final class Wire implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private final Admin admin;
  private final KafkaProducer<String, byte[]> producer;
  private final KafkaConsumer<String, byte[]> consumer;
  private final Map<String, Object> addresses;
  private final List<ConsumerRecord<String, byte[]>> arrived = new ArrayList<>();

  Wire(String bootstrapServers, String... participants) {
    addresses = Map.of("bootstrap.servers", bootstrapServers);
    admin = Admin.create(addresses);
    producer = new KafkaProducer<>(addresses, new StringSerializer(), new ByteArraySerializer());
    consumer =
        new KafkaConsumer<>(addresses, new StringDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> topics = new ArrayList<>();
    for (String participant : participants) {
      topics.addAll(partitions(participant + "-events"));
      topics.addAll(partitions(participant + "-commands-dlq"));
    }
    consumer.assign(topics);
    consumer.seekToBeginning(topics);
  }

  private static List<TopicPartition> partitions(String topic) {
    return IntStream.range(0, RealStack.PARTITIONS)
        .mapToObj(partition -> new TopicPartition(topic, partition))
        .toList();
  }

  void send(CommandRecords... commands) {
    send(List.of(commands));
  }

  void send(List<CommandRecords> commands) {
    commands.forEach(command -> producer.send(command.produced()));
    producer.flush();
  }

  /** The replies to these commands, in the order of the commands; waits for all of them. */
  List<ConsumerRecord<String, byte[]>> replies(List<CommandRecords> commands) {
    return Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () -> {
              poll();
              return commands.stream().flatMap(command -> repliesTo(command).stream()).toList();
            },
            found -> found.size() >= commands.size());
  }

  ConsumerRecord<String, byte[]> reply(CommandRecords command) {
    return replies(List.of(command)).getFirst();
  }

  /** Sends a command and waits for its reply. */
  ConsumerRecord<String, byte[]> ask(CommandRecords command) {
    send(command);
    return reply(command);
  }

  /** What has arrived in reply to a command so far. */
  List<ConsumerRecord<String, byte[]>> repliesTo(CommandRecords command) {
    return arrived.stream()
        .filter(record -> header(record, WireHeaders.CAUSATION_ID).equals(command.id()))
        .toList();
  }

  /** Dead letters whose original had this key; waits until there are {@code count}. */
  List<ConsumerRecord<String, byte[]>> deadLetters(String key, int count) {
    return Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () -> {
              poll();
              return arrived.stream()
                  .filter(record -> record.topic().endsWith("-dlq"))
                  .filter(record -> key.equals(record.key()))
                  .toList();
            },
            found -> found.size() >= count);
  }

  List<ConsumerRecord<String, byte[]>> arrivedOf(String key) {
    return arrived.stream().filter(record -> key.equals(record.key())).toList();
  }

  void poll() {
    consumer.poll(Duration.ofMillis(50)).forEach(arrived::add);
  }

  /** What a participant's group has committed for partition 0 of its commands; 0 if nothing. */
  long committed(String participant) {
    try {
      return Optional.ofNullable(
              admin
                  .listConsumerGroupOffsets(participant)
                  .partitionsToOffsetAndMetadata()
                  .get()
                  .get(new TopicPartition(participant + "-commands", 0)))
          .map(OffsetAndMetadata::offset)
          .orElse(0L);
    } catch (ExecutionException e) {
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** What a new process of that group would get from partition 0 of its commands. */
  ConsumerRecords<String, byte[]> redelivered(String participant) {
    TopicPartition commands = new TopicPartition(participant + "-commands", 0);
    try (KafkaConsumer<String, byte[]> next =
        new KafkaConsumer<>(addresses, new StringDeserializer(), new ByteArrayDeserializer())) {
      next.assign(List.of(commands));
      next.seek(commands, committed(participant));
      return Awaitility.await()
          .atMost(PATIENCE)
          .until(() -> next.poll(Duration.ofMillis(200)), records -> !records.isEmpty());
    }
  }

  void configure(String topic, String name, String value) throws Exception {
    admin
        .incrementalAlterConfigs(
            Map.of(
                new ConfigResource(ConfigResource.Type.TOPIC, topic),
                List.of(new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET))))
        .all()
        .get();
  }

  static String header(ConsumerRecord<?, ?> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
  }

  static String text(ConsumerRecord<?, byte[]> record) {
    return new String(record.value(), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    consumer.close();
    producer.close();
    admin.close();
  }
}
