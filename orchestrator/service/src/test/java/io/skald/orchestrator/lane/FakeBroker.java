package io.skald.orchestrator.lane;

import io.skald.saga.message.WireHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Topics with partitions and offsets. Outlives the lanes, as Kafka does. */
public final class FakeBroker {

  /** A record where it stands. */
  public record Stored(InputPartition at, long offset, OutgoingMessage message) {

    /** What it is called on the wire. */
    public String type() {
      return header(WireHeaders.TYPE);
    }

    public String header(String name) {
      return message.headers().getOrDefault(name, "");
    }

    /** As a consumer gets it. */
    public Envelope envelope() {
      return new Envelope(
          at, offset, Optional.of(message.key()), message.headers(), message.value());
    }
  }

  private final Map<String, List<List<Stored>>> topics = new TreeMap<>();
  private final List<Stored> everything = new ArrayList<>();
  private final int partitions;

  public FakeBroker(int partitions) {
    this.partitions = partitions;
  }

  /** Gives a topic another number of partitions than the usual one. */
  public void create(String topic, int count) {
    topics.put(topic, emptyLogs(count));
  }

  private static List<List<Stored>> emptyLogs(int count) {
    List<List<Stored>> logs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      logs.add(new ArrayList<>());
    }
    return logs;
  }

  public Stored append(OutgoingMessage message) {
    List<List<Stored>> logs = logs(message.topic());
    int partition =
        message.partition().orElseGet(() -> new ShardMap(logs.size()).ofKey(message.key()));
    List<Stored> log = logs.get(partition);
    Stored stored = new Stored(new InputPartition(message.topic(), partition), log.size(), message);
    log.add(stored);
    everything.add(stored);
    return stored;
  }

  /** All records, in the order in which they arrived. */
  public List<Stored> everything() {
    return List.copyOf(everything);
  }

  public List<Stored> records(String topic) {
    return everything.stream().filter(record -> record.at().topic().equals(topic)).toList();
  }

  /** The records of a partition; offsets are places in it. */
  public List<Stored> log(InputPartition at) {
    return logs(at.topic()).get(at.partition());
  }

  public int partitionsOf(String topic) {
    return logs(topic).size();
  }

  private List<List<Stored>> logs(String topic) {
    return topics.computeIfAbsent(topic, missing -> emptyLogs(partitions));
  }
}
