package io.skald.benchmark;

import io.skald.saga.message.WireHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The event that starts sagas, as whoever takes orders would publish it. */
final class EventStarter implements Starter {
  private final KafkaProducer<String, byte[]> producer;
  private final Recipe recipe;

  EventStarter(String kafka, Recipe recipe) {
    this.recipe = recipe;
    this.producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                kafka,
                ProducerConfig.CLIENT_ID_CONFIG,
                Generator.NAME,
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.SEND_BUFFER_CONFIG,
                -1,
                ProducerConfig.LINGER_MS_CONFIG,
                0),
            new StringSerializer(),
            new ByteArraySerializer());
  }

  @Override
  public void start(Order order, Begun begun) {
    begun.named(order.id());
    producer.send(
        event(order),
        (metadata, failure) -> {
          if (failure != null) {
            begun.failed("Sending " + recipe.startEvent() + ": " + failure);
          }
        });
  }

  @Override
  public void close() {
    producer.close();
  }

  private ProducerRecord<String, byte[]> event(Order order) {
    ProducerRecord<String, byte[]> event =
        new ProducerRecord<>(recipe.startTopic(), order.id(), bytes(order.json()));
    header(event, WireHeaders.SPEC_VERSION, "1.0");
    header(event, WireHeaders.ID, order.id());
    header(event, WireHeaders.TYPE, recipe.startEvent());
    header(event, WireHeaders.DATA_VERSION, "1");
    header(event, WireHeaders.SOURCE, "/bench");
    header(event, WireHeaders.TIME, Instant.now().toString());
    header(event, WireHeaders.SUBJECT, order.id());
    header(event, WireHeaders.CORRELATION_ID, order.id());
    header(event, WireHeaders.CONTENT_TYPE, "application/json");
    return event;
  }

  private static void header(ProducerRecord<String, byte[]> event, String name, String value) {
    event.headers().add(name, bytes(value));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
