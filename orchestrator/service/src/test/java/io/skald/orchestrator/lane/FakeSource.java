package io.skald.orchestrator.lane;

import io.skald.orchestrator.lane.FakeBroker.Stored;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads a {@link FakeBroker} as a lane's own consumer would. */
final class FakeSource implements InputSource {

  private final FakeBroker broker;
  private final ShardMap shards;
  private final Set<String> topics;
  private final Map<InputPartition, Long> positions =
      new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));
  private final Deque<Runnable> whilePolling = new ArrayDeque<>();
  private final List<Duration> patience = new ArrayList<>();
  private int maxRecords = Integer.MAX_VALUE;
  private boolean away;
  private boolean closed;
  private int wakeUps;

  FakeSource(FakeBroker broker, ShardMap shards, Collection<String> topics) {
    this.broker = broker;
    this.shards = shards;
    this.topics = new TreeSet<>(topics);
  }

  /** Runs in the middle of the next poll, as what another thread does while the lane waits. */
  void whilePolling(Runnable action) {
    whilePolling.add(action);
  }

  void setMaxRecords(int maxRecords) {
    this.maxRecords = maxRecords;
  }

  /** Nothing comes, and nobody says how far the topics reach. */
  void setAway(boolean away) {
    this.away = away;
  }

  boolean isClosed() {
    return closed;
  }

  int wakeUps() {
    return wakeUps;
  }

  /** How long each poll was allowed to wait. */
  List<Duration> patience() {
    return patience;
  }

  Set<InputPartition> assignment() {
    return Set.copyOf(positions.keySet());
  }

  @Override
  public void assign(
      Collection<Integer> owned, Collection<Integer> newShards, Map<InputPartition, Long> given) {
    Map<InputPartition, Long> former = new HashMap<>(positions);
    positions.clear();
    for (String topic : topics) {
      for (int partition = 0; partition < broker.partitionsOf(topic); partition++) {
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
    patience.add(atMost);
    Runnable meanwhile = whilePolling.poll();
    if (meanwhile != null) {
      meanwhile.run();
    }
    List<Envelope> records = new ArrayList<>();
    if (away) {
      return records;
    }
    for (Map.Entry<InputPartition, Long> position : positions.entrySet()) {
      List<Stored> log = broker.log(position.getKey());
      while (records.size() < maxRecords && position.getValue() < log.size()) {
        records.add(log.get(Math.toIntExact(position.getValue())).envelope());
        position.setValue(position.getValue() + 1);
      }
    }
    return records;
  }

  @Override
  public Map<InputPartition, Long> ends(Collection<Integer> ofShards) {
    if (away) {
      throw new SourceException("Expected Kafka to answer", new IllegalStateException("away"));
    }
    Map<InputPartition, Long> ends = new HashMap<>();
    positions.keySet().forEach(at -> ends.put(at, (long) broker.log(at).size()));
    return ends;
  }

  @Override
  public boolean hasReached(Map<InputPartition, Long> ends) {
    return positions.entrySet().stream()
        .allMatch(position -> position.getValue() >= ends.getOrDefault(position.getKey(), 0L));
  }

  @Override
  public void wakeUp() {
    wakeUps++;
  }

  @Override
  public void close() {
    closed = true;
  }
}
