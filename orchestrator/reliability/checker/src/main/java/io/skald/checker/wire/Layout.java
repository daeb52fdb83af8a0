package io.skald.checker.wire;

import io.skald.saga.message.MessageType;
import io.skald.saga.message.Participant;
import io.skald.saga.message.Topic;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which topics there are, and who reads them.
 *
 * @param starts the events that start sagas
 * @param shards how many the orchestrators share; a topic may have more or fewer partitions
 */
public record Layout(Set<Participant> participants, Set<Start> starts, int shards) {

  static final Topic REQUESTS = Topic.of("saga-requests");

  /** An event that starts sagas, on its topic. */
  public record Start(Topic topic, MessageType event) {}

  /** The orchestrator itself is no participant with topics of its own. */
  public Layout {
    participants =
        participants.stream()
            .filter(participant -> !participant.equals(Participant.SAGAS))
            .collect(Collectors.toUnmodifiableSet());
    starts = Set.copyOf(starts);
    if (shards < 1) {
      throw new IllegalArgumentException("Expected at least one shard, but found " + shards);
    }
  }

  /** The names of all topics with what sagas need to know, without those of dead letters. */
  public Set<Topic> topics() {
    Set<Topic> topics = inputs();
    participants.forEach(participant -> topics.add(participant.commands()));
    return topics;
  }

  /** Those that the orchestrators read. */
  Set<Topic> inputs() {
    Set<Topic> inputs = new HashSet<>(Set.of(REQUESTS));
    starts.forEach(start -> inputs.add(start.topic()));
    participants.forEach(participant -> inputs.add(participant.events()));
    return inputs;
  }

  boolean starts(Seen record) {
    return starts.stream()
        .anyMatch(
            start -> start.topic().name().equals(record.topic()) && record.isOf(start.event()));
  }
}
