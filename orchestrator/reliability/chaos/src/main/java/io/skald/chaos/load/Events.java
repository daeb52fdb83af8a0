package io.skald.chaos.load;

import io.skald.saga.message.WireHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Publishes orders as the event that starts their sagas. For any number of threads. */
final class Events implements AutoCloseable {

  private static final String TOPIC = "order-events";
  private static final String TYPE = "OrderCreated";
  private static final int GIVE_UP_MILLIS = 20_000;

  private final KafkaProducer<String, byte[]> producer;

  Events(String bootstrapServers) {
    producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                5_000,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                5_000,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                GIVE_UP_MILLIS),
            new StringSerializer(),
            new ByteArraySerializer());
  }

  /** Whether Kafka says that it has it; if not, it may have it all the same. */
  boolean publish(Order order) throws InterruptedException {
    try {
      producer.send(record(order)).get(GIVE_UP_MILLIS + 5_000, TimeUnit.MILLISECONDS);
      return true;
    } catch (ExecutionException | TimeoutException | KafkaException unknown) {
      return false;
    }
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
  }

  private static ProducerRecord<String, byte[]> record(Order order) {
    ProducerRecord<String, byte[]> record =
        new ProducerRecord<>(TOPIC, order.key(), bytes(order.jsonWithId()));
    header(record, WireHeaders.SPEC_VERSION, "1.0");
    header(record, WireHeaders.ID, order.key());
    header(record, WireHeaders.TYPE, TYPE);
    header(record, WireHeaders.DATA_VERSION, "1");
    header(record, WireHeaders.SOURCE, "/chaos");
    header(record, WireHeaders.TIME, Instant.now().toString());
    header(record, WireHeaders.SUBJECT, order.key());
    header(record, WireHeaders.CORRELATION_ID, order.key());
    header(record, WireHeaders.CONTENT_TYPE, "application/json");
    return record;
  }

  private static void header(ProducerRecord<String, byte[]> record, String name, String value) {
    record.headers().add(name, bytes(value));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
