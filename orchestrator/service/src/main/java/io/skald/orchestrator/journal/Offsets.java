package io.skald.orchestrator.journal;

import com.fasterxml.jackson.databind.JsonNode;
import io.skald.orchestrator.lane.InputPartition;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** A shard's input offsets as its row holds them: {@code {"order-events/3":17}}. */
final class Offsets {

  private Offsets() {}

  static String encode(Map<InputPartition, Long> offsets) {
    Map<String, Long> sorted = new TreeMap<>();
    offsets.forEach((partition, offset) -> sorted.put(partition.toString(), offset));
    return ExactJson.write(
        json -> {
          json.writeStartObject();
          for (Map.Entry<String, Long> entry : sorted.entrySet()) {
            json.writeNumberField(entry.getKey(), entry.getValue());
          }
          json.writeEndObject();
        });
  }

  static Map<InputPartition, Long> decode(String text) {
    Map<InputPartition, Long> offsets = new HashMap<>();
    for (Map.Entry<String, JsonNode> member : ExactJson.read(text).properties()) {
      int slash = member.getKey().lastIndexOf('/');
      offsets.put(
          new InputPartition(
              member.getKey().substring(0, slash),
              Integer.parseInt(member.getKey().substring(slash + 1))),
          member.getValue().longValue());
    }
    return offsets;
  }
}
