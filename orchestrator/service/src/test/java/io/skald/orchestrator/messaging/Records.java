package io.skald.orchestrator.messaging;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.skald.machine.Input;
import io.skald.orchestrator.lane.Definitions;
import io.skald.orchestrator.lane.Envelope;
import io.skald.orchestrator.lane.InputPartition;
import io.skald.orchestrator.lane.OutgoingMessage;
import io.skald.orchestrator.lane.Trips;
import io.skald.saga.message.PayloadCodec;
import io.skald.saga.message.Phase;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.StepName;
import io.skald.saga.message.WireHeaders;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Good records of each kind, to be broken by tests. */
final class Records {

  static final String REQUESTS = "saga-requests";
  static final PayloadCodec CODEC = new JacksonPayloadCodec(new ObjectMapper());
  static final Definitions DEFINITIONS = new Definitions(List.of(Trips.trip(1), Trips.trip(2)));
  static final SagaId SAGA = SagaId.forKey("trip", "T-1");

  private Records() {}

  static WireReader reader() {
    return new WireReader(DEFINITIONS, CODEC, REQUESTS);
  }

  static WireWriter writer() {
    return new WireWriter(REQUESTS, "saga-events");
  }

  static Envelope record(String topic, Map<String, String> headers, String value) {
    return record(topic, headers, value.getBytes(StandardCharsets.UTF_8));
  }

  static Envelope record(String topic, Map<String, String> headers, byte[] value) {
    return new Envelope(new InputPartition(topic, 3), 17, Optional.of("T-1"), headers, value);
  }

  /** As it comes in after it went out. */
  static Envelope arrived(OutgoingMessage message) {
    return new Envelope(
        new InputPartition(message.topic(), message.partition().orElse(0)),
        1,
        Optional.of(message.key()),
        message.headers(),
        message.value());
  }

  static Map<String, String> startHeaders() {
    Map<String, String> headers = new HashMap<>();
    headers.put(WireHeaders.ID, "e-1");
    headers.put(WireHeaders.TYPE, "TripRequested");
    headers.put(WireHeaders.DATA_VERSION, "1");
    return headers;
  }

  static Envelope start() {
    return record("trip-requests", startHeaders(), "{\"trip\":\"T-1\"}");
  }

  static Map<String, String> replyHeaders() {
    Map<String, String> headers = new HashMap<>();
    headers.put(WireHeaders.ID, "r-1");
    headers.put(WireHeaders.TYPE, "Done");
    headers.put(WireHeaders.DATA_VERSION, "1");
    headers.put(WireHeaders.SUBJECT, "T-1");
    headers.put(WireHeaders.SAGA_ID, SAGA.toString());
    headers.put(WireHeaders.STEP, "hotel");
    headers.put(WireHeaders.PHASE, "action");
    headers.put(WireHeaders.ATTEMPT, "2");
    headers.put(WireHeaders.OUTCOME, "succeeded");
    return headers;
  }

  static Envelope reply() {
    return record("hotel-events", replyHeaders(), "{\"receipt\":\"r\"}");
  }

  static Envelope replyOfItem(String item) {
    Map<String, String> headers = replyHeaders();
    headers.put(WireHeaders.ITEM, item);
    return record("hotel-events", headers, "{\"receipt\":\"r\"}");
  }

  static Envelope skip() {
    return arrived(
        writer()
            .skipRequest(
                SAGA,
                "T-1",
                new Input.SkipRequested(
                    "q-1",
                    new StepName("hotel", "P-17"),
                    Phase.ACTION,
                    "{\"receipt\":\"by hand\"}",
                    "anna",
                    "because"),
                1));
  }

  static Envelope signal() {
    return arrived(
        writer()
            .signalRequest(
                SAGA,
                "T-1",
                new Input.SignalSent(
                    "q-1", "s-1", new StepName("approval", "P-17"), "{\"by\":\"anna\"}"),
                1));
  }

  static Map<String, String> requestHeaders(String type) {
    Map<String, String> headers = new HashMap<>();
    headers.put(WireHeaders.ID, "q-1");
    headers.put(WireHeaders.TYPE, type);
    headers.put(WireHeaders.SUBJECT, "T-1");
    headers.put(WireHeaders.SAGA_ID, SAGA.toString());
    headers.put(WireHeaders.DEFINITION, "trip");
    headers.put(RequestTypes.ACTOR, "anna");
    headers.put(RequestTypes.REASON, "because");
    return headers;
  }

  static Envelope request(String type) {
    return record(REQUESTS, requestHeaders(type), "{\"id\":\"T-1\",\"receipts\":[]}");
  }
}
