package io.skald.simulation;

import io.skald.orchestrator.lane.OutgoingMessage;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.StepName;
import io.skald.saga.message.WireHeaders;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/** Writes what people and services ask of sagas to the topic of requests. */
final class Requests {

  private final World world;
  private int count;

  Requests(World world) {
    this.world = world;
  }

  /** The headers of a request with an id of its own. */
  Map<String, String> headers(String type, String key) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put(WireHeaders.ID, "request-" + ++count);
    headers.put(WireHeaders.TYPE, type);
    headers.put(WireHeaders.SUBJECT, key);
    headers.put(WireHeaders.DATA_VERSION, "1");
    return headers;
  }

  /** The headers of a request about a saga. */
  Map<String, String> headers(String type, String key, SagaId saga) {
    Map<String, String> headers = headers(type, key);
    headers.put(WireHeaders.SAGA_ID, saga.toString());
    return headers;
  }

  static void putStep(Map<String, String> headers, StepName step) {
    headers.put(WireHeaders.STEP, step.value());
    if (!step.item().isEmpty()) {
      headers.put(WireHeaders.ITEM, step.item());
    }
  }

  void send(String key, Map<String, String> headers, Object value) {
    OutgoingMessage message =
        new OutgoingMessage(
            Stories.REQUESTS,
            OptionalInt.of(world.shards().ofKey(key)),
            key,
            headers,
            bytes(value));
    world.network().whenBack(() -> world.network().append(message));
  }

  static byte[] bytes(Object value) {
    return World.CODEC.encode(value).getBytes(StandardCharsets.UTF_8);
  }
}
