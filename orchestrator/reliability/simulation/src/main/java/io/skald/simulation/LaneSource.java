package io.skald.simulation;

import io.skald.orchestrator.lane.Envelope;
import io.skald.orchestrator.lane.FakeBroker.Stored;
import io.skald.orchestrator.lane.InputPartition;
import io.skald.orchestrator.lane.InputSource;
import io.skald.orchestrator.lane.ShardMap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the simulated Kafka as a lane's own consumer would. */
final class LaneSource implements InputSource {

  /** How long a question waits for an answer of Kafka. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final Network network;
  private final ShardMap shards;
  private final List<String> topics;
  private final int maxRecords;
  private final Chance order;
  private final Runnable onWakeUp;
  private final Runnable beforePoll;
  private final Map<InputPartition, Long> positions = new LinkedHashMap<>();
  private Duration patience = Duration.ZERO;
  private boolean foundNothing;

  /**
   * @param beforePoll what happens while the lane waits for input
   */
  LaneSource(
      World world, List<String> topics, int maxRecords, Runnable onWakeUp, Runnable beforePoll) {
    this.network = world.network();
    this.shards = world.shards();
    this.order = world.latency();
    this.topics = topics;
    this.maxRecords = maxRecords;
    this.onWakeUp = onWakeUp;
    this.beforePoll = beforePoll;
  }

  boolean reads(InputPartition at) {
    return positions.containsKey(at);
  }

  /** How long the latest turn would have waited here; zero when it found something. */
  Duration wouldWait() {
    return foundNothing ? patience : Duration.ZERO;
  }

  boolean hasReadAll() {
    return positions.entrySet().stream()
        .allMatch(p -> p.getValue() >= network.broker().log(p.getKey()).size());
  }

  @Override
  public void assign(
      Collection<Integer> owned, Collection<Integer> newShards, Map<InputPartition, Long> given) {
    Map<InputPartition, Long> former = new HashMap<>(positions);
    positions.clear();
    for (String topic : topics) {
      for (int partition = 0; partition < network.broker().partitionsOf(topic); partition++) {
        InputPartition at = new InputPartition(topic, partition);
        int shard = shards.ofPartition(partition);
        if (newShards.contains(shard)) {
          positions.put(at, given.getOrDefault(at, 0L));
        } else if (owned.contains(shard)) {
          positions.put(at, former.getOrDefault(at, 0L));
        }
      }
    }
  }

  @Override
  public List<Envelope> poll(Duration atMost) {
    patience = atMost;
    foundNothing = true;
    beforePoll.run();
    List<Envelope> records = new ArrayList<>();
    if (network.isAway() || positions.isEmpty()) {
      return records;
    }
    // Kafka promises no order between partitions.
    List<InputPartition> partitions = new ArrayList<>(positions.keySet());
    int first = order.below(partitions.size());
    for (int i = 0; i < partitions.size() && records.size() < maxRecords; i++) {
      take(partitions.get((first + i) % partitions.size()), records);
    }
    foundNothing = records.isEmpty();
    return records;
  }

  private void take(InputPartition at, List<Envelope> records) {
    List<Stored> log = network.broker().log(at);
    long position = positions.getOrDefault(at, 0L);
    if (position > log.size()) {
      position = 0; // The topic was lost and made anew.
    }
    while (records.size() < maxRecords && position < log.size()) {
      records.add(log.get(Math.toIntExact(position)).envelope());
      position++;
    }
    positions.put(at, position);
  }

  @Override
  public Map<InputPartition, Long> ends(Collection<Integer> ofShards) {
    if (network.isAway()) {
      patience = PATIENCE;
      foundNothing = true;
      throw new SourceException("Expected Kafka to answer", new IllegalStateException("away"));
    }
    Map<InputPartition, Long> ends = new HashMap<>();
    for (InputPartition at : positions.keySet()) {
      if (ofShards.contains(shards.ofPartition(at.partition()))) {
        ends.put(at, (long) network.broker().log(at).size());
      }
    }
    return ends;
  }

  @Override
  public boolean hasReached(Map<InputPartition, Long> ends) {
    if (network.isAway()) {
      return false;
    }
    for (Map.Entry<InputPartition, Long> position : positions.entrySet()) {
      if (position.getValue() < ends.getOrDefault(position.getKey(), 0L)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void wakeUp() {
    onWakeUp.run();
  }

  @Override
  public void close() {
    positions.clear();
  }
}
