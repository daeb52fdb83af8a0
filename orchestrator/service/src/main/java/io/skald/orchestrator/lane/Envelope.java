package io.skald.orchestrator.lane;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A record as it came from Kafka: nothing in it has been believed yet.
 *
 * @param value the bytes; not to be changed
 */
public record Envelope(
    InputPartition from, long offset, Optional<String> key, MessageHeaders headers, byte[] value) {

  public Envelope {
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(headers, "headers");
    Objects.requireNonNull(value, "value");
  }

  public Envelope(
      InputPartition from,
      long offset,
      Optional<String> key,
      Map<String, String> headers,
      byte[] value) {
    this(from, offset, key, MessageHeaders.of(headers), value);
  }

  /** The value of a header; empty when it is not there. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }
}
