package io.skald.checker.real;

import io.skald.checker.SentCommand;
import io.skald.saga.message.Participant;
import io.skald.saga.message.Phase;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.StepName;
import io.skald.saga.message.Topic;
import io.skald.saga.message.WireHeaders;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/** All that lies on the topics, sorted out by what it is. */
final class Wire {

  static final Topic REQUESTS = Topic.of("saga-requests");

  private final List<Deployed> definitions;
  private final Set<Participant> participants = new HashSet<>();
  private final List<Seen> records;
  private final Set<Seen.Position> dead = new HashSet<>();

  private Wire(List<Deployed> definitions, List<Seen> records) {
    this.definitions = definitions;
    this.records = records;
    definitions.forEach(definition -> participants.addAll(definition.participants()));
    records.stream()
        .filter(record -> record.topic().endsWith("-dlq"))
        .forEach(record -> dead.add(record.original()));
  }

  static Wire read(String bootstrapServers, List<Deployed> definitions) {
    Set<String> topics = new TreeSet<>();
    for (Topic topic : topics(definitions)) {
      topics.add(topic.name());
      topics.add(topic.deadLetters().name());
    }
    return new Wire(definitions, Topics.read(bootstrapServers, topics));
  }

  static Wire of(List<Deployed> definitions, List<Seen> records) {
    return new Wire(definitions, records);
  }

  Set<Participant> participants() {
    return participants;
  }

  boolean isDead(Seen record) {
    return dead.contains(record.position());
  }

  List<Seen> on(Topic topic) {
    return records.stream().filter(record -> record.topic().equals(topic.name())).toList();
  }

  /**
   * What the orchestrator must deal with: requests, replies, events that start sagas, and trash.
   */
  List<Seen> inputs() {
    List<Seen> inputs = new ArrayList<>(on(REQUESTS));
    Set<Topic> events = new HashSet<>(topics(definitions));
    events.remove(REQUESTS);
    participants.forEach(participant -> events.remove(participant.commands()));
    for (Topic topic : events) {
      on(topic).stream()
          .filter(record -> isDead(record) || record.isReply() || starts(record))
          .forEach(inputs::add);
    }
    return inputs;
  }

  /** The commands that a participant could read. */
  List<SentCommand> commands() {
    List<SentCommand> commands = new ArrayList<>();
    for (Participant participant : participants) {
      on(participant.commands()).stream()
          .filter(record -> !isDead(record))
          .forEach(record -> command(participant, record).ifPresent(commands::add));
    }
    return commands;
  }

  private static Optional<SentCommand> command(Participant participant, Seen record) {
    Optional<SagaId> saga = record.saga();
    Optional<StepName> step =
        record.header(WireHeaders.STEP).filter(StepName::isValid).map(StepName::new);
    Optional<Phase> phase = record.header(WireHeaders.PHASE).flatMap(Phase::ofWireName);
    Optional<String> attempt =
        record.header(WireHeaders.ATTEMPT).filter(text -> text.matches("[0-9]{1,9}"));
    if (saga.isEmpty() || step.isEmpty() || phase.isEmpty() || attempt.isEmpty()) {
      return Optional.empty(); // Not counted as handled either, unless it is a dead letter.
    }
    return Optional.of(
        new SentCommand(
            saga.get(),
            step.get(),
            phase.get(),
            Integer.parseInt(attempt.get()),
            participant,
            record.header(WireHeaders.IDEMPOTENCY_KEY).orElse(""),
            OptionalLong.empty()));
  }

  private boolean starts(Seen record) {
    return definitions.stream()
        .flatMap(definition -> definition.starts().stream())
        .anyMatch(
            start -> start.topic().name().equals(record.topic()) && record.isOf(start.event()));
  }

  private static Set<Topic> topics(List<Deployed> definitions) {
    Set<Topic> topics = new HashSet<>(Set.of(REQUESTS));
    for (Deployed definition : definitions) {
      definition.starts().forEach(start -> topics.add(start.topic()));
      for (Participant participant : definition.participants()) {
        topics.add(participant.commands());
        topics.add(participant.events());
      }
    }
    return topics;
  }
}
