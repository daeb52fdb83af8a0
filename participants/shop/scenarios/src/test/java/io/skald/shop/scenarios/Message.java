package io.skald.shop.scenarios;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.skald.saga.message.WireHeaders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * A record as it stands in a topic, or one that is to be sent.
 *
 * @param offset -1 when it has not been sent
 * @param at when its sender says that it was sent
 */
record Message(
    String topic,
    int partition,
    long offset,
    Instant at,
    String key,
    Map<String, String> headers,
    String text) {

  private static final ObjectMapper JSON = new ObjectMapper();

  static Message of(ConsumerRecord<String, byte[]> source) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (Header header : source.headers()) {
      headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
    }
    return new Message(
        source.topic(),
        source.partition(),
        source.offset(),
        Instant.ofEpochMilli(source.timestamp()),
        String.valueOf(source.key()),
        headers,
        new String(source.value(), StandardCharsets.UTF_8));
  }

  /** The same message once more, to be changed and sent. */
  Message to(String otherTopic, int otherPartition) {
    return new Message(otherTopic, otherPartition, -1, at, key, headers, text);
  }

  Message with(String header, String value) {
    Map<String, String> changed = new LinkedHashMap<>(headers);
    changed.put(header, value);
    return new Message(topic, partition, -1, at, key, changed, text);
  }

  Message saying(String otherText) {
    return new Message(topic, partition, -1, at, key, headers, otherText);
  }

  ProducerRecord<String, byte[]> outgoing() {
    RecordHeaders all = new RecordHeaders();
    headers.forEach((name, value) -> all.add(name, value.getBytes(StandardCharsets.UTF_8)));
    return new ProducerRecord<>(topic, partition, key, text.getBytes(StandardCharsets.UTF_8), all);
  }

  /** The value of a header; empty text when it is not there. */
  String header(String name) {
    return headers.getOrDefault(name, "");
  }

  String type() {
    return header(WireHeaders.TYPE);
  }

  String id() {
    return header(WireHeaders.ID);
  }

  JsonNode json() {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException("Expected JSON in " + this, e);
    }
  }
}
