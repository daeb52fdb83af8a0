package io.skald.orchestrator.messaging;

import io.skald.orchestrator.lane.Envelope;
import io.skald.orchestrator.lane.InputPartition;
import io.skald.orchestrator.testing.AnyInput;
import io.skald.saga.message.WireHeaders;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Records of the input topics, some of them good, most of them spoilt in a few places. */
public final class AnyRecord {

  private static final List<Envelope> GOOD =
      List.of(
          Records.start(),
          Records.reply(),
          rejected(),
          Records.request("StartSaga"),
          Records.request("CancelSaga"),
          Records.request("ResumeSaga"),
          Records.request("AbortSaga"),
          Records.request("RetrySaga"),
          Records.skip(),
          Records.signal(),
          Records.replyOfItem("P-17"),
          Records.arrived(Records.writer().forward(Records.reply(), "T-1", 1)));

  private static final List<String> HEADERS =
      List.of(
          WireHeaders.ID,
          WireHeaders.TYPE,
          WireHeaders.DATA_VERSION,
          WireHeaders.SUBJECT,
          WireHeaders.SAGA_ID,
          WireHeaders.STEP,
          WireHeaders.ITEM,
          WireHeaders.IDEMPOTENCY_KEY,
          WireHeaders.PHASE,
          WireHeaders.ATTEMPT,
          WireHeaders.OUTCOME,
          WireHeaders.ERROR_CODE,
          WireHeaders.ERROR_MESSAGE,
          WireHeaders.DEFINITION,
          RequestTypes.FORWARDED_FROM,
          RequestTypes.ACTOR,
          RequestTypes.REASON,
          "x");

  private static final List<String> WORDS =
      List.of(
          "saga-requests",
          "hotel-events",
          "flight-events",
          "trip-requests",
          "StartSaga",
          "SignalSaga",
          "SkipStep",
          "RetrySaga",
          "P-17",
          "a/b",
          "TripRequested",
          "Done",
          "trip",
          "hotel",
          "payment",
          "succeeded",
          "rejected",
          "failed",
          "action",
          "compensation",
          "T-1",
          "1",
          "2",
          Records.SAGA.toString());

  private static final List<String> TOPICS =
      List.of("saga-requests", "hotel-events", "flight-events", "bank-events", "trip-requests");

  private AnyRecord() {}

  public static Arbitrary<Envelope> records() {
    return Combinators.combine(
            Arbitraries.of(GOOD),
            Arbitraries.of(TOPICS).optional(0.2),
            Arbitraries.integers().between(0, 8),
            AnyInput.texts().optional(0.3),
            Arbitraries.maps(Arbitraries.of(HEADERS), values()).ofMaxSize(3),
            Arbitraries.of(HEADERS).set().ofMaxSize(1),
            payloads().optional(0.5))
        .as(AnyRecord::spoilt);
  }

  private static Arbitrary<String> values() {
    return Arbitraries.oneOf(Arbitraries.of(WORDS), AnyInput.texts());
  }

  private static Arbitrary<byte[]> payloads() {
    return AnyInput.payloads(
        GOOD.stream().map(good -> new String(good.value(), StandardCharsets.UTF_8)).toList(),
        List.of("trip", "id", "receipts", "receipt"));
  }

  private static Envelope spoilt(
      Envelope good,
      Optional<String> topic,
      int partition,
      Optional<String> key,
      Map<String, String> changed,
      Set<String> removed,
      Optional<byte[]> value) {
    Map<String, String> headers = new HashMap<>(good.headers());
    headers.putAll(changed);
    headers.keySet().removeAll(removed);
    return new Envelope(
        new InputPartition(topic.orElse(good.from().topic()), partition),
        17,
        key.isPresent() ? key : good.key(),
        headers,
        value.orElse(good.value()));
  }

  private static Envelope rejected() {
    Map<String, String> headers = Records.replyHeaders();
    headers.put(WireHeaders.OUTCOME, "rejected");
    headers.put(WireHeaders.ERROR_CODE, "FULL");
    headers.put(WireHeaders.ERROR_MESSAGE, "no room");
    return Records.record("hotel-events", headers, "{}");
  }
}
