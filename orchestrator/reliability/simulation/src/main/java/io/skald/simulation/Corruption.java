package io.skald.simulation;

import io.skald.orchestrator.lane.FakeBroker.Stored;
import io.skald.orchestrator.lane.OutgoingMessage;
import io.skald.saga.message.WireHeaders;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;

/** Makes of a good message one that nobody can read, or that nobody waits for. */
final class Corruption {

  private static final String ID = "corrupt-";

  private final Chance chance;
  private int made;

  Corruption(Chance chance) {
    this.chance = chance;
  }

  /** Whether a record was made here. */
  static boolean made(Stored record) {
    return record.header(WireHeaders.ID).startsWith(ID);
  }

  OutgoingMessage of(OutgoingMessage message) {
    Map<String, String> headers = new LinkedHashMap<>();
    message
        .headers()
        .forEachOnWire(
            (name, value) -> headers.put(name, new String(value, StandardCharsets.UTF_8)));
    headers.put(WireHeaders.ID, ID + ++made);
    byte[] value = message.value();
    String topic = message.topic();
    switch (chance.below(10)) {
      case 0 -> value = new byte[] {(byte) 0xff, 0, 1, 2};
      case 1 -> value = "{\"half\":".getBytes(StandardCharsets.UTF_8);
      case 2 -> headers.remove(WireHeaders.SAGA_ID);
      case 3 -> headers.put(WireHeaders.SAGA_ID, new UUID(7, made).toString());
      case 4 -> headers.put(WireHeaders.ATTEMPT, "first");
      case 5 -> headers.put(WireHeaders.STEP, "no-such-step");
      case 6 -> {
        topic = topicOfAnother(topic);
        headers.put(WireHeaders.ATTEMPT, "0");
      }
      case 7 -> headers.put(WireHeaders.PHASE, "sideways");
      case 8 -> headers.put(WireHeaders.ITEM, "nobody");
      default -> {
        headers.put(WireHeaders.TYPE, "NeverHeardOf");
        headers.put(WireHeaders.DATA_VERSION, "9");
      }
    }
    return new OutgoingMessage(topic, OptionalInt.empty(), message.key(), headers, value);
  }

  /** Somebody answers for another participant. A command that goes astray is left where it is. */
  private String topicOfAnother(String topic) {
    List<String> others =
        RandomStory.PARTICIPANTS.stream()
            .map(participant -> participant.events().name())
            .filter(other -> !other.equals(topic))
            .toList();
    return topic.endsWith("-events") ? chance.pick(others) : topic;
  }
}
