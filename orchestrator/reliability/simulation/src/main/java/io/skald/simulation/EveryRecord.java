package io.skald.simulation;

import io.skald.checker.Violation;
import io.skald.orchestrator.lane.Batch;
import io.skald.orchestrator.lane.Batch.ShardWrite;
import io.skald.orchestrator.lane.InputPartition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Every record of every input topic was taken in exactly once: the committed offsets never go back,
 * and in the end they stand at the ends of their partitions. A topic that was lost is left out.
 */
final class EveryRecord {

  private final World world;
  private final Map<InputPartition, Long> offsets = new HashMap<>();
  private final List<Violation> violations = new ArrayList<>();

  EveryRecord(World world) {
    this.world = world;
  }

  List<Violation> violations() {
    for (Batch batch : world.store().journal().commits()) {
      for (ShardWrite write : batch.shards()) {
        write.offsets().forEach(this::move);
      }
    }
    for (String topic : world.stories().inputTopics(world.stories().deployed())) {
      for (int i = 0; i < world.network().broker().partitionsOf(topic); i++) {
        InputPartition partition = new InputPartition(topic, i);
        long end = world.network().broker().log(partition).size();
        long read = offsets.getOrDefault(partition, 0L);
        if (read != end && !world.network().wasLost(topic)) {
          add(
              "Expected all "
                  + end
                  + " records of "
                  + partition
                  + " to be read, but found "
                  + read);
        }
      }
    }
    return violations;
  }

  private void move(InputPartition partition, long offset) {
    Long former = offsets.put(partition, offset);
    if (former != null && former > offset && !world.network().wasLost(partition.topic())) {
      add("Expected " + partition + " to be read on from " + former + ", but found " + offset);
    }
  }

  private void add(String sentence) {
    violations.add(new Violation("hops", "every record", Optional.empty(), sentence, ""));
  }
}
