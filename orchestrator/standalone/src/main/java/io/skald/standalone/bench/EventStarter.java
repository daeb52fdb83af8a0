package io.skald.standalone.bench;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** {@code OrderCreated} on {@code order-events}, as the shop would publish it. */
final class EventStarter implements Starter {
  private static final String TOPIC = "order-events";

  private final KafkaProducer<String, byte[]> producer;
  private final String fields;

  EventStarter(String kafka, Profile profile) {
    this.fields = profile.orderFields();
    this.producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                kafka,
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.LINGER_MS_CONFIG,
                0),
            new StringSerializer(),
            new ByteArraySerializer());
  }

  @Override
  public String start() throws StartFailedException, InterruptedException {
    String orderId = "ORD-" + UUID.randomUUID();
    byte[] body =
        ("{\"orderId\":\"" + orderId + "\"," + fields + "}").getBytes(StandardCharsets.UTF_8);
    ProducerRecord<String, byte[]> event = new ProducerRecord<>(TOPIC, orderId, body);
    header(event, "ce_specversion", "1.0");
    header(event, "ce_id", orderId);
    header(event, "ce_type", "OrderCreated");
    header(event, "ce_dataversion", "1");
    header(event, "ce_source", "/bench");
    header(event, "ce_time", Instant.now().toString());
    header(event, "ce_subject", orderId);
    header(event, "ce_correlationid", orderId);
    header(event, "content-type", "application/json");
    try {
      producer.send(event).get();
      return orderId;
    } catch (ExecutionException e) {
      throw new StartFailedException("Sending OrderCreated: " + e.getCause());
    }
  }

  @Override
  public void close() {
    producer.close();
  }

  private static void header(ProducerRecord<String, byte[]> event, String name, String value) {
    event.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
  }
}
