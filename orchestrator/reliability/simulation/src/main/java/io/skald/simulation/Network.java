package io.skald.simulation;

import io.skald.orchestrator.lane.FakeBroker;
import io.skald.orchestrator.lane.FakeBroker.Stored;
import io.skald.orchestrator.lane.InputPartition;
import io.skald.orchestrator.lane.OutgoingMessage;
import io.skald.orchestrator.lane.ShardMap;
import io.skald.saga.message.WireHeaders;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Kafka: the topics, who is told when something arrives, and whether it can be reached at all. It
 * remembers when each message first arrived, and which were lost on purpose.
 */
final class Network {

  /**
   * @param tick its place among all commits and arrivals
   * @param at the true time, in microseconds since the run began
   */
  record Arrival(long tick, long at) {}

  private final Timeline timeline;
  private final Trace trace;
  private final FakeBroker broker;
  private final List<Consumer<InputPartition>> readers = new ArrayList<>();
  private final Map<String, Arrival> arrivals = new HashMap<>();
  private final Set<String> lost = new HashSet<>();
  private final List<OutgoingMessage> sent = new ArrayList<>();
  private final Set<String> recreated = new HashSet<>();
  private final List<Runnable> whenBack = new ArrayList<>();
  private int outages;

  Network(Timeline timeline, Trace trace, int partitions) {
    this.timeline = timeline;
    this.trace = trace;
    this.broker = new FakeBroker(partitions);
  }

  FakeBroker broker() {
    return broker;
  }

  /** Tells of every record that arrives from now on. */
  void onArrival(Consumer<InputPartition> reader) {
    readers.add(reader);
  }

  void forget(Consumer<InputPartition> reader) {
    readers.remove(reader);
  }

  boolean isAway() {
    return outages > 0;
  }

  void goAway() {
    outages++;
  }

  void comeBack() {
    outages--;
    if (outages == 0) {
      List<Runnable> waiting = List.copyOf(whenBack);
      whenBack.clear();
      waiting.forEach(Runnable::run);
    }
  }

  /** Runs when Kafka can be reached: at once, or when it is back. */
  void whenBack(Runnable action) {
    if (isAway()) {
      whenBack.add(action);
    } else {
      action.run();
    }
  }

  InputPartition placeOf(OutgoingMessage message) {
    int partition =
        message
            .partition()
            .orElseGet(
                () -> new ShardMap(broker.partitionsOf(message.topic())).ofKey(message.key()));
    return new InputPartition(message.topic(), partition);
  }

  void append(OutgoingMessage message) {
    Stored stored = broker.append(message);
    String id = stored.header(WireHeaders.ID);
    arrivals.putIfAbsent(id, new Arrival(timeline.tick(), timeline.now()));
    trace.add(stored.at().topic());
    trace.add(id);
    trace.add(stored.at().partition() * 1_000_003L + stored.offset());
    for (int i = 0; i < readers.size(); i++) {
      readers.get(i).accept(stored.at());
    }
  }

  /** A message disappears that its sender thinks has arrived. */
  void lose(OutgoingMessage message) {
    lost.add(message.headers().getOrDefault(WireHeaders.ID, ""));
    sent.add(message);
  }

  /** A message has arrived, and its sender knows; its topic may be lost later. */
  void sent(OutgoingMessage message) {
    sent.add(message);
  }

  /** Replies that are known to have arrived, and whatever was lost on purpose. */
  List<OutgoingMessage> sent() {
    return sent;
  }

  /** A topic is gone with all that is in it, and made anew. */
  void recreate(String topic) {
    int partitions = broker.partitionsOf(topic);
    broker.create(topic, partitions);
    recreated.add(topic);
  }

  /** Whether a topic was lost with all that was in it. */
  boolean wasLost(String topic) {
    return recreated.contains(topic);
  }

  /** The topics that were lost. */
  Set<String> recreated() {
    return recreated;
  }

  /** When each message first arrived, by its id. */
  Map<String, Arrival> arrivals() {
    return arrivals;
  }

  boolean isLost(String id) {
    return lost.contains(id);
  }
}
