package io.skald.orchestrator.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.skald.machine.Input;
import io.skald.orchestrator.lane.Envelope;
import io.skald.orchestrator.lane.Reading;
import io.skald.saga.message.WireHeaders;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each limit of the wire contract, just below it and just above. */
class RecordLimitsTest {

  private final WireReader reader = Records.reader();

  @Test
  void shouldDrawTheLineAt256KiB_whenAPayloadIsLarge() {
    assertRead(startWith(padded(256 * 1024)));
    assertRefused(startWith(padded(256 * 1024 + 1)), "at most 262144 bytes, but found 262145");
  }

  @Test
  void shouldDrawTheLineAt64_whenAPayloadIsDeep() {
    assertRead(startWith("{\"trip\":\"T-1\",\"x\":" + "[".repeat(63) + "]".repeat(63) + "}"));
    assertRefused(
        startWith("{\"trip\":\"T-1\",\"x\":" + "[".repeat(64) + "]".repeat(64) + "}"),
        "depth (65)");
  }

  @Test
  void shouldDrawTheLineAtAThousandDigits_whenANumberIsLong() {
    assertRead(startWith("{\"trip\":\"T-1\",\"x\":" + "9".repeat(1_000) + "}"));
    assertRefused(startWith("{\"trip\":\"T-1\",\"x\":" + "9".repeat(1_001) + "}"), "length (1001)");
  }

  @Test
  void shouldDrawTheLineAt32KiB_whenHeadersAreLarge() {
    int others = Records.reply().headers().bytes();
    int most = 32 * 1024 - others - "x".length();
    assertRead(replyWith("x", "y".repeat(most)));
    assertRefused(replyWith("x", "y".repeat(most + 1)), "at most 32768 bytes, but found 32769");
  }

  @Test
  void shouldDrawTheLineAt200Characters_whenAKeyIsLong() {
    assertRead(replyWith(WireHeaders.SUBJECT, "😀".repeat(200)));
    assertRefused(replyWith(WireHeaders.SUBJECT, "😀".repeat(201)), "1 to 200 characters");
    assertRead(startWith("{\"trip\":\"" + "x".repeat(200) + "\"}"));
    assertRefused(startWith("{\"trip\":\"" + "x".repeat(201) + "\"}"), "1 to 200 characters");
  }

  @Test
  void shouldDrawTheLineAt64Letters_whenAStepsNameIsLong() {
    assertRead(replyWith(WireHeaders.STEP, "s".repeat(64)));
    assertRefused(replyWith(WireHeaders.STEP, "s".repeat(65)), "a step's name");
  }

  @Test
  void shouldDrawTheLineAt128Letters_whenATypesNameIsLong() {
    assertRead(replyWith(WireHeaders.TYPE, "T".repeat(128)));
    assertRefused(replyWith(WireHeaders.TYPE, "T".repeat(129)), "to name a message");
  }

  @Test
  void shouldCutAt200And2000_whenActorOrReasonIsLong() {
    Map<String, String> headers = Records.requestHeaders("AbortSaga");
    headers.put(RequestTypes.ACTOR, "a".repeat(200));
    headers.put(RequestTypes.REASON, "r".repeat(2_000));
    assertThat(abort(headers))
        .isEqualTo(new Input.AbortRequested("q-1", "a".repeat(200), "r".repeat(2_000)));
    headers.put(RequestTypes.ACTOR, "a".repeat(201));
    headers.put(RequestTypes.REASON, "r".repeat(2_001));
    assertThat(abort(headers))
        .isEqualTo(new Input.AbortRequested("q-1", "a".repeat(200), "r".repeat(2_000)));
  }

  private Input abort(Map<String, String> headers) {
    return ((Reading.ForSaga) read(Records.record(Records.REQUESTS, headers, "{}"))).input();
  }

  private static Envelope startWith(String payload) {
    return Records.record("trip-requests", Records.startHeaders(), payload);
  }

  private static Envelope replyWith(String header, String value) {
    Map<String, String> headers = Records.replyHeaders();
    headers.put(header, value);
    return Records.record("hotel-events", headers, "{}");
  }

  private static String padded(int bytes) {
    String json = "{\"trip\":\"T-1\"}";
    return json + " ".repeat(bytes - json.length());
  }

  private void assertRead(Envelope record) {
    assertThat(read(record)).isInstanceOf(Reading.ForSaga.class);
  }

  private void assertRefused(Envelope record, String because) {
    assertThat(read(record))
        .isInstanceOfSatisfying(
            Reading.Unreadable.class,
            unreadable -> assertThat(unreadable.because()).contains(because));
  }

  private Reading read(Envelope record) {
    assertThat(reader.read(record)).hasSize(1);
    return reader.read(record).getFirst();
  }
}
