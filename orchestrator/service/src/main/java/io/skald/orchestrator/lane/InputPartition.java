package io.skald.orchestrator.lane;

import java.util.Objects;

/** One partition of one of the orchestrator's input topics. */
public record InputPartition(String topic, int partition) {

  public InputPartition {
    Objects.requireNonNull(topic, "topic");
  }

  @Override
  public String toString() {
    return topic + "/" + partition;
  }
}
