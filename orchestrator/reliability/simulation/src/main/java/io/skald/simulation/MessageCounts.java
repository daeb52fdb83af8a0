package io.skald.simulation;

import io.skald.checker.HopCounts;
import io.skald.checker.SagaHistory;
import io.skald.checker.wire.Hops;
import io.skald.checker.wire.Layout;
import io.skald.checker.wire.Seen;
import io.skald.checker.wire.Wire;
import io.skald.orchestrator.lane.FakeBroker.Stored;
import io.skald.orchestrator.lane.OutgoingMessage;
import io.skald.saga.SagaDefinition;
import io.skald.saga.message.Participant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What became of every message of a run at rest, counted by the rules that hold for a live
 * installation: each journaled command has arrived or was lost on purpose, each command that lay on
 * a topic was answered or is a dead letter, and each input at its shard has a row in the journal
 * for each of its copies, is a dead letter, or was forwarded.
 */
final class MessageCounts {

  private final World world;

  MessageCounts(World world) {
    this.world = world;
  }

  List<HopCounts> count(List<SagaHistory> sagas) {
    Network network = world.network();
    Wire wire =
        Wire.withLosses(
            layout(),
            network.broker().everything().stream().map(MessageCounts::seen).toList(),
            network.sent().stream().map(MessageCounts::sent).toList(),
            network.recreated());
    return new Hops(wire, sagas).count();
  }

  /** As what is deployed in the end knows it: nobody reads the events of other participants. */
  private Layout layout() {
    Set<Participant> participants = new HashSet<>();
    Set<Layout.Start> starts = new HashSet<>();
    for (SagaDefinition<?> definition : world.stories().deployed().all()) {
      definition.steps().forEach(step -> participants.add(step.participant()));
      definition
          .startEvents()
          .forEach(start -> starts.add(new Layout.Start(start.topic(), start.messageType())));
    }
    return new Layout(participants, starts, world.shards().count());
  }

  private static Seen seen(Stored record) {
    return seen(record.message(), record.at().partition(), record.offset());
  }

  private static Seen sent(OutgoingMessage message) {
    return seen(message, -1, -1);
  }

  private static Seen seen(OutgoingMessage message, int partition, long offset) {
    Map<String, String> headers = new HashMap<>();
    for (String name : Seen.HEADERS) {
      String value = message.headers().get(name);
      if (value != null) {
        headers.put(name, value);
      }
    }
    return new Seen(message.topic(), partition, offset, headers);
  }
}
