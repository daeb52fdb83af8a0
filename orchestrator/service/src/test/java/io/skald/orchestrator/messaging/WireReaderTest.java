package io.skald.orchestrator.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.skald.machine.Input;
import io.skald.machine.Problem;
import io.skald.orchestrator.lane.Definitions;
import io.skald.orchestrator.lane.Envelope;
import io.skald.orchestrator.lane.OutgoingMessage;
import io.skald.orchestrator.lane.Reading;
import io.skald.orchestrator.lane.Trips;
import io.skald.orchestrator.lane.Trips.Do;
import io.skald.orchestrator.lane.Trips.Trip;
import io.skald.orchestrator.lane.Trips.TripRequested;
import io.skald.saga.Exclusive;
import io.skald.saga.Saga;
import io.skald.saga.SagaDefinition;
import io.skald.saga.message.MessageType;
import io.skald.saga.message.Outcome;
import io.skald.saga.message.Phase;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.StepName;
import io.skald.saga.message.WireHeaders;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireReaderTest {

  private final WireReader reader = Records.reader();

  private Reading read(Envelope record) {
    assertThat(reader.read(record)).hasSize(1);
    return reader.read(record).getFirst();
  }

  private void assertUnreadable(Envelope record, String because) {
    assertThat(read(record))
        .isInstanceOfSatisfying(
            Reading.Unreadable.class,
            unreadable ->
                assertThat(unreadable.because()).contains(because).hasSizeLessThan(2_001));
  }

  // --- what can be read

  @Test
  void shouldStartOnTheNewestVersion_whenAnEventStartsSagas() {
    assertThat(read(Records.start()))
        .isEqualTo(
            new Reading.ForSaga(
                Records.SAGA,
                "T-1",
                Records.DEFINITIONS.of("trip", 2),
                new Input.StartRequested(
                    "e-1", Records.SAGA, "T-1", "{\"id\":\"T-1\",\"receipts\":[]}")));
  }

  @Test
  void shouldGiveTheReply_whenAParticipantAnswers() {
    assertThat(read(Records.reply()))
        .isEqualTo(
            new Reading.ForSaga(
                Records.SAGA,
                "T-1",
                Optional.empty(),
                new Input.ReplyReceived(
                    "r-1",
                    Trips.HOTEL,
                    new StepName("hotel"),
                    Phase.ACTION,
                    2,
                    Outcome.SUCCEEDED,
                    new MessageType("Done", 1),
                    "{\"receipt\":\"r\"}",
                    Optional.empty())));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rejected", "failed"})
  void shouldGiveTheProblem_whenAReplyIsNoSuccess(String outcome) {
    // given
    Map<String, String> headers = Records.replyHeaders();
    headers.put(WireHeaders.OUTCOME, outcome);
    headers.put(WireHeaders.ERROR_CODE, "FULL");
    headers.put(WireHeaders.ERROR_MESSAGE, "no room");

    // then
    assertThat(problemOf(headers)).contains(new Problem("FULL", "no room"));
    headers.remove(WireHeaders.ERROR_CODE);
    headers.remove(WireHeaders.ERROR_MESSAGE);
    assertThat(problemOf(headers))
        .contains(new Problem(outcome.toUpperCase(Locale.ROOT), "The participant gave no reason"));
  }

  private Optional<Problem> problemOf(Map<String, String> headers) {
    Reading.ForSaga reading = (Reading.ForSaga) read(Records.record("hotel-events", headers, "{}"));
    return ((Input.ReplyReceived) reading.input()).problem();
  }

  @Test
  void shouldGiveTheRequest_whenSomebodyAsks() {
    assertThat(inputOf("CancelSaga"))
        .isEqualTo(new Input.CancelRequested("q-1", "anna", "because"));
    assertThat(inputOf("ResumeSaga"))
        .isEqualTo(new Input.ResumeRequested("q-1", "anna", "because"));
    assertThat(inputOf("AbortSaga")).isEqualTo(new Input.AbortRequested("q-1", "anna", "because"));
    assertThat(inputOf("RetrySaga")).isEqualTo(new Input.RetryRequested("q-1", "anna", "because"));
    assertThat(inputOf("StartSaga")).isInstanceOf(Input.StartRequested.class);
  }

  @Test
  void shouldGiveTheStepAndItsReply_whenAStepIsTakenForDone() {
    assertThat(inputOf(Records.skip()))
        .isEqualTo(
            new Input.SkipRequested(
                "q-1",
                new StepName("hotel", "P-17"),
                Phase.ACTION,
                "{\"receipt\":\"by hand\"}",
                "anna",
                "because"));
  }

  @Test
  void shouldGiveTheSignal_whenOneIsSent() {
    assertThat(inputOf(Records.signal()))
        .isEqualTo(
            new Input.SignalSent(
                "q-1", "s-1", new StepName("approval", "P-17"), "{\"by\":\"anna\"}"));
  }

  @Test
  void shouldKeepOneValueOfASignal_whenMoreOrLessComes() {
    // given
    Map<String, String> headers = new HashMap<>(Records.signal().headers());

    // then
    assertThat(inputOf(Records.record(Records.REQUESTS, headers, "{ \"by\" : 1.10 } trailing")))
        .isInstanceOfSatisfying(
            Input.SignalSent.class,
            signal -> assertThat(signal.payload()).isEqualTo("{\"by\":1.10}"));
    for (String payload :
        List.of("", "null", "{", "by anna", "{\"by\":1e-99999999999}", "1e-99999999999")) {
      assertUnreadable(Records.record(Records.REQUESTS, headers, payload), "signal of JSON");
    }
  }

  @Test
  void shouldTellASignalByItsMessage_whenItHasNoIdOfItsOwn() {
    // given
    Map<String, String> headers = new HashMap<>(Records.signal().headers());
    headers.remove(WireHeaders.IDEMPOTENCY_KEY);

    // then
    assertThat(inputOf(Records.record(Records.REQUESTS, headers, "{}")))
        .isEqualTo(new Input.SignalSent("q-1", "q-1", new StepName("approval", "P-17"), "{}"));
  }

  @Test
  void shouldGiveTheItem_whenAReplyIsToAStepOfOne() {
    for (String item : List.of("P-17", "Grüße, 東京", "a".repeat(100))) {
      assertThat(inputOf(Records.replyOfItem(item)))
          .isInstanceOfSatisfying(
              Input.ReplyReceived.class,
              reply -> assertThat(reply.step()).isEqualTo(new StepName("hotel", item)));
    }
  }

  private Input inputOf(Envelope record) {
    return ((Reading.ForSaga) read(record)).input();
  }

  private Input inputOf(String type) {
    return inputOf(Records.request(type));
  }

  @Test
  void shouldPassOver_whatConcernsNoSaga() {
    assertThat(read(Records.record("hotel-events", Map.of(WireHeaders.TYPE, "Fact"), "{}")))
        .isInstanceOf(Reading.NotForUs.class);
    assertThat(read(Records.record("trip-requests", Map.of(WireHeaders.TYPE, "Fact"), "{}")))
        .isInstanceOf(Reading.NotForUs.class);
    assertThat(read(Records.record("stranger-events", Records.replyHeaders(), "{}")))
        .isInstanceOf(Reading.NotForUs.class);
  }

  @Test
  void shouldBelieveTheTopicAndNotTheHeaders_whenAParticipantSpeaksForAnother() {
    // when
    Reading.ForSaga reading =
        (Reading.ForSaga) read(Records.record("flight-events", Records.replyHeaders(), "{}"));

    // then
    assertThat(((Input.ReplyReceived) reading.input()).participant()).isEqualTo(Trips.FLIGHT);
  }

  @Test
  void shouldReadAForwardedRecord_asIfItStoodWhereItCameFrom() {
    // given
    OutgoingMessage forwarded = Records.writer().forward(Records.reply(), "T-1", 2);

    // then
    assertThat(reader.read(Records.arrived(forwarded))).isEqualTo(reader.read(Records.reply()));
  }

  @Test
  void shouldReadAForwardedRequest_asARequest() {
    // given
    OutgoingMessage forwarded = Records.writer().forward(Records.request("CancelSaga"), "T-1", 2);

    // then
    assertThat(reader.read(Records.arrived(forwarded)))
        .isEqualTo(reader.read(Records.request("CancelSaga")));
  }

  @Test
  void shouldReadAForwardedStart_asTheSameStart() {
    // given
    Reading.ForSaga start = (Reading.ForSaga) read(Records.start());
    OutgoingMessage forwarded = Records.writer().forwardStart(Records.start(), start, 2);

    // then
    assertThat(read(Records.arrived(forwarded))).isEqualTo(start);
    assertThat(forwarded.partition()).hasValue(2);
  }

  private static Reading.ForSaga soloStart(String... headers) {
    WireReader solo =
        new WireReader(
            new Definitions(List.of(Trips.solo(Exclusive.QUEUE))), Records.CODEC, Records.REQUESTS);
    Map<String, String> all = Records.startHeaders();
    for (int i = 0; i < headers.length; i += 2) {
      all.put(headers[i], headers[i + 1]);
    }
    Envelope record = Records.record("trip-requests", all, "{\"trip\":\"T-1\"}");
    return (Reading.ForSaga) solo.read(record).getFirst();
  }

  @Test
  void shouldBeASagaForEachEvent_whenTheDefinitionIsExclusive() {
    // when
    Reading.ForSaga one = soloStart();
    // then
    assertThat(one.saga()).isEqualTo(SagaId.forStart("solo", "T-1", "\ne-1"));
    assertThat(one.key()).isEqualTo("T-1");
    assertThat(soloStart().saga()).isEqualTo(one.saga());
    assertThat(soloStart(WireHeaders.ID, "e-2").saga()).isNotEqualTo(one.saga());
    assertThat(soloStart(WireHeaders.SOURCE, "another-shop").saga()).isNotEqualTo(one.saga());
  }

  @Test
  void shouldKnowWhoWaitsForAnAnswer_whenAStartIsAnEventsOrForwarded() {
    // given
    OutgoingMessage forwarded =
        Records.writer().forwardStart(Records.start(), (Reading.ForSaga) read(Records.start()), 2);
    Reading.ForSaga again = (Reading.ForSaga) read(Records.arrived(forwarded));
    // then
    assertThat(reader.isAnswered(Records.start())).isFalse();
    assertThat(reader.isAnswered(Records.arrived(forwarded))).isFalse();
    assertThat(
            reader.isAnswered(
                Records.arrived(
                    Records.writer().forwardStart(Records.arrived(forwarded), again, 1))))
        .isFalse();
    assertThat(reader.isAnswered(Records.request("StartSaga"))).isTrue();
  }

  @Test
  void shouldReplaceTheId_whenItIsMissingOrStrange() {
    for (String id : List.of("", "line\nbreak", "x".repeat(201))) {
      Map<String, String> headers = Records.replyHeaders();
      headers.put(WireHeaders.ID, id);
      Reading.ForSaga reading =
          (Reading.ForSaga) read(Records.record("hotel-events", headers, "{}"));
      assertThat(reading.input().cause()).isEqualTo("hotel-events/3@17");
    }
  }

  @Test
  void shouldStartTheOthers_whenOneDefinitionCannotTakeAnEvent() {
    // given
    WireReader both =
        new WireReader(
            new Definitions(
                List.of(
                    Trips.trip(),
                    guide("a-broken", e -> "half \ud83d"),
                    guide(
                        "b-throwing",
                        e -> {
                          throw new StackOverflowError();
                        }),
                    guide("c-good", e -> "guide of " + e.trip()))),
            Records.CODEC,
            Records.REQUESTS);

    // when
    List<Reading> readings = both.read(Records.start());

    // then
    assertThat(readings).hasSize(4);
    assertThat(readings.get(0)).isInstanceOf(Reading.Unreadable.class);
    assertThat(readings.get(1)).isInstanceOf(Reading.Unreadable.class);
    assertThat(readings.get(2))
        .isInstanceOfSatisfying(
            Reading.ForSaga.class,
            start -> assertThat(start.saga()).isEqualTo(SagaId.forKey("c-good", "guide of T-1")));
    assertThat(readings.get(3)).isInstanceOf(Reading.ForSaga.class);
  }

  private static SagaDefinition<Trip> guide(String name, Function<TripRequested, String> key) {
    return Saga.define(name, 1, Trip.class)
        .startedBy(Trips.REQUESTS, TripRequested.class, key, Trip::of)
        .step("hotel", Trips.HOTEL, Do.class, t -> new Do(t.id(), "hotel"))
        .nothingToCompensate()
        .build();
  }

  // --- what can't

  @Test
  void shouldSayWhatItExpected_whenAHeaderIsBad() {
    assertBadReply(WireHeaders.SAGA_ID, "not-a-uuid", "ce_sagaid");
    assertBadReply(WireHeaders.STEP, "No Step", "ce_sagastep");
    assertBadReply(WireHeaders.ITEM, "a/b", "ce_sagaitem");
    assertBadReply(WireHeaders.ITEM, " ", "ce_sagaitem");
    assertBadReply(WireHeaders.ITEM, "a".repeat(101), "ce_sagaitem");
    assertBadReply(WireHeaders.PHASE, "sideways", "ce_sagaphase");
    assertBadReply(WireHeaders.ATTEMPT, "1.5", "ce_sagaattempt");
    assertBadReply(WireHeaders.OUTCOME, "perhaps", "ce_sagaoutcome");
    assertBadReply(WireHeaders.DATA_VERSION, "0", "ce_dataversion");
    assertBadReply(WireHeaders.TYPE, "no type", "ce_type");
    assertBadReply(WireHeaders.SUBJECT, "line\nbreak", "saga's key");
    assertBadReply(WireHeaders.SUBJECT, "x".repeat(201), "saga's key");
    assertBadReply(WireHeaders.SUBJECT, "", "saga's key");
    assertBadReply("anything", "x".repeat(40_000), "headers of at most");
  }

  private void assertBadReply(String header, String value, String because) {
    Map<String, String> headers = Records.replyHeaders();
    headers.put(header, value);
    assertUnreadable(Records.record("hotel-events", headers, "{}"), because);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        WireHeaders.SAGA_ID,
        WireHeaders.STEP,
        WireHeaders.PHASE,
        WireHeaders.ATTEMPT,
        WireHeaders.TYPE
      })
  void shouldSayWhatIsMissing_whenAReplyLacksAHeader(String header) {
    Map<String, String> headers = Records.replyHeaders();
    headers.remove(header);
    assertUnreadable(Records.record("hotel-events", headers, "{}"), header);
  }

  @Test
  void shouldRefuseKeys_thatNoColumnOrHeaderCanHold() {
    for (String key : List.of("\\u0000", "\\ud83d", "a\\ude00b", "\\u000a", "")) {
      assertUnreadable(
          Records.record("trip-requests", Records.startHeaders(), "{\"trip\":\"" + key + "\"}"),
          "key of 1 to 200 characters");
    }
  }

  @Test
  void shouldRefusePayloads_thatAreNoJsonOfTheirType() {
    for (String payload :
        List.of("", "null", "{", "[]", "{\"trip\":{}}", "[".repeat(100_000), "\u0000")) {
      assertThat(read(Records.record("trip-requests", Records.startHeaders(), payload)))
          .isInstanceOf(Reading.Unreadable.class);
    }
    assertUnreadable(
        Records.record("trip-requests", Records.startHeaders(), new byte[] {'"', (byte) 0xc3, '"'}),
        "UTF-8");
  }

  @Test
  void shouldCutReasonsAndActors_thatAreTooLong() {
    // given
    Map<String, String> headers = Records.requestHeaders("AbortSaga");
    headers.put(RequestTypes.REASON, "x".repeat(1_999) + "😀" + "y".repeat(5_000));
    headers.put(RequestTypes.ACTOR, "z".repeat(5_000));

    // when
    Reading.ForSaga reading =
        (Reading.ForSaga) read(Records.record(Records.REQUESTS, headers, "{}"));

    // then
    Input.AbortRequested abort = (Input.AbortRequested) reading.input();
    assertThat(abort.reason()).isEqualTo("x".repeat(1_999));
    assertThat(abort.actor()).hasSize(200);
  }

  @Test
  void shouldRefuseData_thatGrowsOverTheLimitInTheDefinition() {
    // given
    SagaDefinition<Trip> growing =
        Saga.define("growing", 1, Trip.class)
            .startedBy(
                Trips.REQUESTS,
                TripRequested.class,
                TripRequested::trip,
                e -> new Trip("x".repeat(300_000), List.of()))
            .step("hotel", Trips.HOTEL, Do.class, t -> new Do(t.id(), "hotel"))
            .nothingToCompensate()
            .build();

    // then
    assertThat(
            new WireReader(new Definitions(List.of(growing)), Records.CODEC, Records.REQUESTS)
                .read(Records.start()))
        .singleElement()
        .isInstanceOf(Reading.Unreadable.class);
  }
}
