package io.skald.saga.message;

import java.util.Objects;

/**
 * A service that owns a local transaction and answers commands. Its name gives its topics.
 *
 * @param name lower-case letters, digits and '-', like a step's name
 */
public record Participant(String name) {

  public Participant {
    Objects.requireNonNull(name, "name");
    if (!StepName.isValid(name)) {
      throw new IllegalArgumentException(
          "Expected a participant name of lower-case letters, digits and '-', starting with a letter,"
              + " at most 64 long, but found '"
              + name
              + "'");
    }
  }

  public static Participant named(String name) {
    return new Participant(name);
  }

  /** Where it takes its commands from: {@code <name>-commands}. */
  public Topic commands() {
    return new Topic(name + "-commands");
  }

  /** Where it publishes its events, its replies among them: {@code <name>-events}. */
  public Topic events() {
    return new Topic(name + "-events");
  }

  @Override
  public String toString() {
    return name;
  }
}
