package io.skald.saga;

import io.skald.saga.message.MessageType;
import io.skald.saga.message.Topic;
import java.util.Objects;
import java.util.function.Function;

/**
 * An event that starts a saga.
 *
 * @param topic where it is published
 * @param type the event's class
 * @param key the saga's key: the id of the aggregate the event is about; pure
 * @param data the saga's first data; pure
 */
public record StartEvent<D, E>(
    Topic topic, Class<E> type, Function<? super E, String> key, Function<? super E, D> data) {

  public StartEvent {
    Objects.requireNonNull(topic, "topic");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(data, "data");
  }

  /** The event's name and version on the wire. */
  public MessageType messageType() {
    return MessageType.of(type);
  }
}
