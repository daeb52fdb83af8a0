package io.skald.simulation;

import io.skald.checker.Violation;
import io.skald.orchestrator.lane.FakeBroker.Stored;
import io.skald.orchestrator.lane.Journal.Unpublished;
import io.skald.orchestrator.lane.MessageWriter;
import io.skald.orchestrator.lane.OutgoingMessage;
import io.skald.orchestrator.messaging.WireWriter;
import io.skald.saga.message.WireHeaders;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The journal is the outbox (law L1): everything that follows from it has arrived in Kafka, but for
 * what was lost there on purpose, and nothing else has.
 */
final class Outbox {

  private final World world;
  private final MessageWriter writer = new WireWriter(Stories.REQUESTS, Stories.EVENTS);
  private final Set<String> owed = new HashSet<>();
  private final List<Violation> violations = new ArrayList<>();

  Outbox(World world) {
    this.world = world;
  }

  List<Violation> violations() {
    for (int shard = 0; shard < world.shards().count(); shard++) {
      for (Unpublished row : world.store().journal().above(shard, 0)) {
        writer
            .messagesOf(row.saga(), shard, row.transition())
            .forEach(message -> owe(row, message));
      }
    }
    for (Stored record : world.network().broker().everything()) {
      String topic = record.at().topic();
      boolean ours = topic.equals(Stories.EVENTS) || topic.endsWith("-commands");
      String id = record.header(WireHeaders.ID);
      if (ours && !Corruption.made(record) && !owed.contains(id)) {
        add(Optional.empty(), "Expected " + id + " on " + topic + " to follow from the journal");
      }
    }
    return violations;
  }

  private void owe(Unpublished row, OutgoingMessage message) {
    String id = message.headers().getOrDefault(WireHeaders.ID, "");
    owed.add(id);
    if (!world.network().arrivals().containsKey(id) && !world.network().isLost(id)) {
      add(
          Optional.of(row),
          "Expected " + id + ", which stands in the journal, to arrive on " + message.topic());
    }
  }

  private void add(Optional<Unpublished> row, String sentence) {
    violations.add(
        new Violation("L1", "outbox", row.map(r -> r.transition().saga()), sentence, ""));
  }
}
