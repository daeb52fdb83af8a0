package io.skald.checker.wire;

import io.skald.saga.message.MessageType;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.WireHeaders;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A record as it lies on its topic, without its value.
 *
 * @param headers the first of each name, those that {@linkplain #HEADERS matter here}
 */
public record Seen(String topic, int partition, long offset, Map<String, String> headers) {

  /** On a dead letter: where the record stood that it is about. */
  static final String DEAD_TOPIC = "skald_dlq_topic";

  static final String DEAD_PARTITION = "skald_dlq_partition";
  static final String DEAD_OFFSET = "skald_dlq_offset";

  /** All headers that are asked for. */
  public static final Set<String> HEADERS =
      Set.of(
          WireHeaders.ID,
          WireHeaders.TYPE,
          WireHeaders.DATA_VERSION,
          WireHeaders.SAGA_ID,
          WireHeaders.STEP,
          WireHeaders.ITEM,
          WireHeaders.PHASE,
          WireHeaders.ATTEMPT,
          WireHeaders.IDEMPOTENCY_KEY,
          WireHeaders.CAUSATION_ID,
          WireHeaders.OUTCOME,
          DEAD_TOPIC,
          DEAD_PARTITION,
          DEAD_OFFSET);

  /** Where a record stands. */
  record Position(String topic, String partition, String offset) {}

  Position position() {
    return new Position(topic, Integer.toString(partition), Long.toString(offset));
  }

  /** On a dead letter: where the record stood that it is about. */
  Position original() {
    return new Position(
        header(DEAD_TOPIC).orElse(""),
        header(DEAD_PARTITION).orElse(""),
        header(DEAD_OFFSET).orElse(""));
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /** The message's id; one that has none is called by where it stands. */
  String id() {
    return header(WireHeaders.ID).orElse(topic + "/" + partition + "@" + offset);
  }

  Optional<SagaId> saga() {
    return header(WireHeaders.SAGA_ID).flatMap(SagaId::parse);
  }

  boolean isReply() {
    return headers.containsKey(WireHeaders.OUTCOME);
  }

  boolean isDeadLetter() {
    return topic.endsWith("-dlq");
  }

  boolean isOf(MessageType type) {
    return header(WireHeaders.TYPE).filter(type.name()::equals).isPresent()
        && header(WireHeaders.DATA_VERSION).orElse("1").equals(Integer.toString(type.version()));
  }
}
