package io.skald.saga.message;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What a message is called on the wire: {@code ce_type} and {@code ce_dataversion}.
 *
 * @param name a command's or an event's name, such as {@code ProcessPayment}
 * @param version the schema version of its payload, 1 or above
 */
public record MessageType(String name, int version) {

  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9._-]{0,127}");

  public MessageType {
    Objects.requireNonNull(name, "name");
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "Expected a message name of letters, digits, '.', '_' and '-', at most 128 long, but found '"
              + name
              + "'");
    }
    if (version < 1) {
      throw new IllegalArgumentException(
          "Expected the version of message '" + name + "' to be 1 or above, but found " + version);
    }
  }

  /** The type of a message class: from its {@link Message} annotation, else its simple name, 1. */
  public static MessageType of(Class<?> type) {
    Message message = type.getAnnotation(Message.class);
    if (message == null) {
      return new MessageType(type.getSimpleName(), 1);
    }
    return new MessageType(
        message.name().isEmpty() ? type.getSimpleName() : message.name(), message.version());
  }

  /** The version after this one. */
  MessageType next() {
    return new MessageType(name, version + 1);
  }

  @Override
  public String toString() {
    return name + " v" + version;
  }
}
