package io.skald.simulation;

import io.skald.orchestrator.lane.Envelope;
import io.skald.orchestrator.lane.InputPartition;
import io.skald.orchestrator.lane.InputSource;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Takes records for done as soon as it has read them. */
final class HastySource implements InputSource {

  private final InputSource source;
  private final Map<InputPartition, Long> polled;

  HastySource(InputSource source, Map<InputPartition, Long> polled) {
    this.source = source;
    this.polled = polled;
  }

  @Override
  public List<Envelope> poll(Duration atMost) {
    List<Envelope> records = source.poll(atMost);
    records.forEach(record -> polled.put(record.from(), record.offset() + 1));
    return records;
  }

  @Override
  public void assign(
      Collection<Integer> shards,
      Collection<Integer> newShards,
      Map<InputPartition, Long> positions) {
    source.assign(shards, newShards, positions);
  }

  @Override
  public Map<InputPartition, Long> ends(Collection<Integer> shards) {
    return source.ends(shards);
  }

  @Override
  public boolean hasReached(Map<InputPartition, Long> ends) {
    return source.hasReached(ends);
  }

  @Override
  public void wakeUp() {
    source.wakeUp();
  }

  @Override
  public void close() {
    source.close();
  }
}
