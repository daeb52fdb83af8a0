package io.skald.orchestrator.lane;

import java.util.Map;
import java.util.OptionalInt;

/**
 * A record on its way to Kafka.
 *
 * @param partition where it must go; empty lets the key decide, as for all records of a saga
 * @param value the bytes; not to be changed
 */
public record OutgoingMessage(
    String topic, OptionalInt partition, String key, MessageHeaders headers, byte[] value) {

  public OutgoingMessage(
      String topic, OptionalInt partition, String key, Map<String, String> headers, byte[] value) {
    this(topic, partition, key, MessageHeaders.of(headers), value);
  }
}
