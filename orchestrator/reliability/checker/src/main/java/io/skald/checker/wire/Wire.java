package io.skald.checker.wire;

import io.skald.checker.SentCommand;
import io.skald.saga.message.Participant;
import io.skald.saga.message.Phase;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.StepName;
import io.skald.saga.message.Topic;
import io.skald.saga.message.WireHeaders;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/** All that lies on the topics, sorted out by what it is. */
public final class Wire {

  private final Layout layout;
  private final Map<String, List<Seen>> records = new HashMap<>();
  private final Map<String, List<Seen>> sent = new HashMap<>();
  private final Set<String> recreated;
  private final Set<Seen.Position> dead = new HashSet<>();

  private Wire(
      Layout layout, Collection<Seen> records, Collection<Seen> sent, Set<String> recreated) {
    this.layout = layout;
    this.recreated = Set.copyOf(recreated);
    records.forEach(record -> add(this.records, record));
    sent.forEach(record -> add(this.sent, record));
    Stream.concat(records.stream(), sent.stream())
        .filter(Seen::isDeadLetter)
        .forEach(letter -> dead.add(letter.original()));
  }

  private static void add(Map<String, List<Seen>> byTopic, Seen record) {
    byTopic.computeIfAbsent(record.topic(), none -> new ArrayList<>()).add(record);
  }

  /** Topics from which nothing was ever lost. */
  public static Wire of(Layout layout, Collection<Seen> records) {
    return new Wire(layout, records, List.of(), Set.of());
  }

  /**
   * Topics from which something may have been lost on purpose.
   *
   * @param records all that ever lay on a topic
   * @param sent what was sent as well, and may have been lost before it lay there; where it would
   *     have stood says nothing
   * @param recreated topics that were lost with all that lay on them: of their records nobody can
   *     tell which were read before
   */
  public static Wire withLosses(
      Layout layout, Collection<Seen> records, Collection<Seen> sent, Set<String> recreated) {
    return new Wire(layout, records, sent, recreated);
  }

  Layout layout() {
    return layout;
  }

  boolean isDead(Seen record) {
    return dead.contains(record.position());
  }

  List<Seen> on(Topic topic) {
    return records.getOrDefault(topic.name(), List.of());
  }

  /** What was sent there besides; some of it may have arrived. */
  List<Seen> sentTo(Topic topic) {
    return sent.getOrDefault(topic.name(), List.of());
  }

  boolean wasRecreated(Topic topic) {
    return recreated.contains(topic.name());
  }

  /**
   * What the orchestrator must deal with: requests, replies, events that start sagas, and trash;
   * without what lay on topics that were lost.
   */
  List<Seen> inputs() {
    List<Seen> inputs = new ArrayList<>();
    for (Topic topic : layout.inputs()) {
      if (!wasRecreated(topic)) {
        on(topic).stream().filter(record -> isInput(topic, record)).forEach(inputs::add);
      }
    }
    return inputs;
  }

  private boolean isInput(Topic topic, Seen record) {
    return topic.equals(Layout.REQUESTS)
        || isDead(record)
        || record.isReply()
        || layout.starts(record);
  }

  /** The commands that a participant could read. */
  public List<SentCommand> commands() {
    List<SentCommand> commands = new ArrayList<>();
    for (Participant participant : layout.participants()) {
      on(participant.commands()).stream()
          .filter(record -> !isDead(record))
          .forEach(record -> command(participant, record).ifPresent(commands::add));
    }
    return commands;
  }

  private static Optional<SentCommand> command(Participant participant, Seen record) {
    Optional<SagaId> saga = record.saga();
    Optional<StepName> step = step(record);
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

  private static Optional<StepName> step(Seen record) {
    String item = record.header(WireHeaders.ITEM).orElse("");
    return record
        .header(WireHeaders.STEP)
        .filter(StepName::isValid)
        .filter(step -> item.isEmpty() || StepName.isValidItem(item))
        .map(step -> new StepName(step, item));
  }
}
