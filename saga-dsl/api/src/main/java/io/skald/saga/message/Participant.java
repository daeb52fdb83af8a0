package io.skald.saga.message;

import java.util.Objects;
import java.util.Optional;

/**
 * A service that owns a local transaction and answers commands. Its name gives its topics.
 *
 * @param name lower-case letters, digits and '-', like a step's name
 */
public record Participant(String name) {

  private static final String COMMANDS = "-commands";
  private static final String EVENTS = "-events";

  /**
   * The orchestrator itself: it runs the steps that are sagas of their own. Asked and answered on
   * its own request topic, it has no topics of commands and events, and nobody else its name.
   */
  public static final Participant SAGAS = new Participant("sagas");

  public Participant {
    Objects.requireNonNull(name, "name");
    if (!StepName.isValid(name)) {
      throw new IllegalArgumentException(
          "Expected a participant name of lower-case letters, digits and '-', starting with a"
              + " letter, at most 64 long, but found '"
              + name
              + "'");
    }
  }

  public static Participant named(String name) {
    return new Participant(name);
  }

  /** Whose events topic this is; empty when no participant's could have that name. */
  public static Optional<Participant> ofEvents(String topic) {
    if (!topic.endsWith(EVENTS)) {
      return Optional.empty();
    }
    String name = topic.substring(0, topic.length() - EVENTS.length());
    return StepName.isValid(name) ? Optional.of(new Participant(name)) : Optional.empty();
  }

  /** Where it takes its commands from: {@code <name>-commands}. */
  public Topic commands() {
    return new Topic(name + COMMANDS);
  }

  /** Where it publishes its events, its replies among them: {@code <name>-events}. */
  public Topic events() {
    return new Topic(name + EVENTS);
  }

  @Override
  public String toString() {
    return name;
  }
}
