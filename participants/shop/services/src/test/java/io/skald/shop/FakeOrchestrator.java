package io.skald.shop;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.skald.saga.message.Command;
import io.skald.saga.message.IdempotencyKey;
import io.skald.saga.message.MessageType;
import io.skald.saga.message.Participant;
import io.skald.saga.message.Phase;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.StepName;
import io.skald.saga.message.WireHeaders;
import io.skald.shop.events.ShopEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Speaks the wire contract from the other side: makes the topics, sends commands, sees all events.
 */
final class FakeOrchestrator implements AutoCloseable {

  private static final int PARTITIONS = 2;
  private static final List<String> EVENTS =
      List.of("order-events", "payment-events", "inventory-events", "shipping-events");
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final ObjectMapper json = new ObjectMapper();
  private final KafkaProducer<String, byte[]> producer;
  private final KafkaConsumer<String, byte[]> consumer;
  private final List<ShopEvent> seen = new ArrayList<>();

  FakeOrchestrator(String bootstrapServers) throws ExecutionException, InterruptedException {
    createTopics(bootstrapServers);
    producer =
        new KafkaProducer<>(
            Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
            new StringSerializer(),
            new ByteArraySerializer());
    consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                ConsumerConfig.GROUP_ID_CONFIG, "fake-orchestrator",
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest"),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    consumer.subscribe(EVENTS);
  }

  private static void createTopics(String bootstrapServers)
      throws ExecutionException, InterruptedException {
    try (Admin admin =
        Admin.create(Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
      List<NewTopic> topics =
          Stream.of("order", "payment", "inventory", "shipping")
              .flatMap(name -> Stream.of(name + "-commands", name + "-events"))
              .flatMap(name -> Stream.of(name, name + "-dlq"))
              .map(name -> new NewTopic(name, PARTITIONS, (short) 1))
              .toList();
      admin.createTopics(topics).all().get();
      admin.createTopics(List.of(new NewTopic("saga-events", PARTITIONS, (short) 1))).all().get();
    }
  }

  /** One order's saga, as far as the participants can tell. */
  Saga saga(String orderId) {
    return new Saga(orderId, SagaId.forKey("order", orderId));
  }

  final class Saga {

    private final String orderId;
    private final SagaId id;

    private Saga(String orderId, SagaId id) {
      this.orderId = orderId;
      this.id = id;
    }

    SagaId id() {
      return id;
    }

    /** Sends an action and returns the reply to this attempt. */
    ShopEvent ask(Participant participant, Command<?> command) throws Exception {
      return ask(participant, Phase.ACTION, 1, command);
    }

    ShopEvent undo(Participant participant, Command<?> command) throws Exception {
      return ask(participant, Phase.COMPENSATION, 1, command);
    }

    ShopEvent ask(Participant participant, Phase phase, int attempt, Command<?> command)
        throws Exception {
      String messageId = send(participant, phase, attempt, command);
      return await(
          event -> event.header(WireHeaders.CAUSATION_ID).filter(messageId::equals).isPresent());
    }

    String send(Participant participant, Phase phase, int attempt, Command<?> command)
        throws Exception {
      MessageType type = MessageType.of(command.getClass());
      RecordHeaders headers = lifecycleHeaders(type.name());
      StepName step = new StepName(participant.name());
      add(headers, WireHeaders.DATA_VERSION, Integer.toString(type.version()));
      add(headers, WireHeaders.STEP, step.value());
      add(headers, WireHeaders.PHASE, phase.wireName());
      add(headers, WireHeaders.ATTEMPT, Integer.toString(attempt));
      add(headers, WireHeaders.SHARD, "0");
      add(headers, WireHeaders.IDEMPOTENCY_KEY, new IdempotencyKey(id, step, phase).toString());
      producer.send(
          new ProducerRecord<>(
              participant.commands().name(),
              null,
              orderId,
              json.writeValueAsBytes(command),
              headers));
      return new String(headers.lastHeader(WireHeaders.ID).value(), StandardCharsets.UTF_8);
    }

    /** Publishes what the saga's life has come to. */
    void lifecycle(String type, String payload) {
      RecordHeaders headers = lifecycleHeaders(type);
      add(headers, WireHeaders.DEFINITION, "order");
      producer.send(
          new ProducerRecord<>(
              "saga-events", null, orderId, payload.getBytes(StandardCharsets.UTF_8), headers));
    }

    private RecordHeaders lifecycleHeaders(String type) {
      RecordHeaders headers = new RecordHeaders();
      add(headers, WireHeaders.SPEC_VERSION, "1.0");
      add(headers, WireHeaders.ID, UUID.randomUUID().toString());
      add(headers, WireHeaders.TYPE, type);
      add(headers, WireHeaders.SOURCE, "test");
      add(headers, WireHeaders.TIME, Instant.now().toString());
      add(headers, WireHeaders.SUBJECT, orderId);
      add(headers, WireHeaders.SAGA_ID, id.toString());
      add(headers, WireHeaders.CONTENT_TYPE, "application/json");
      return headers;
    }
  }

  /** The first event seen since the start that is as wanted. */
  ShopEvent await(Predicate<ShopEvent> wanted) {
    Instant giveUp = Instant.now().plus(PATIENCE);
    while (true) {
      for (ShopEvent event : seen) {
        if (wanted.test(event)) {
          return event;
        }
      }
      if (Instant.now().isAfter(giveUp)) {
        throw new AssertionError("Expected an event within " + PATIENCE + ", but it did not come");
      }
      consumer.poll(Duration.ofMillis(100)).forEach(source -> seen.add(new ShopEvent(source)));
    }
  }

  long count(Predicate<ShopEvent> wanted) {
    return seen.stream().filter(wanted).count();
  }

  <T> T payload(ShopEvent event, Class<T> type) throws Exception {
    return json.readValue(event.source().value(), type);
  }

  @Override
  public void close() {
    producer.close();
    consumer.close();
  }

  private static void add(RecordHeaders headers, String name, String value) {
    headers.add(name, value.getBytes(StandardCharsets.UTF_8));
  }
}
