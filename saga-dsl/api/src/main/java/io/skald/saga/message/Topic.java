package io.skald.saga.message;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A Kafka topic.
 *
 * @param name as Kafka allows it: letters, digits, '.', '_' and '-', at most 200 long; the suffix
 *     of a dead letter topic is not counted
 */
public record Topic(String name) {

  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9._-]{0,199}(-dlq)?");

  public Topic {
    Objects.requireNonNull(name, "name");
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "Expected a topic name of letters, digits, '.', '_' and '-', at most 200 long, but found '"
              + name
              + "'");
    }
  }

  public static Topic of(String name) {
    return new Topic(name);
  }

  /** Where records of this topic go that can't be read. */
  public Topic deadLetters() {
    return new Topic(name + "-dlq");
  }

  @Override
  public String toString() {
    return name;
  }
}
