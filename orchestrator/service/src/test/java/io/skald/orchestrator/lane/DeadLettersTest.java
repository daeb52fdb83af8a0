package io.skald.orchestrator.lane;

import static io.skald.saga.message.Outcome.SUCCEEDED;
import static org.assertj.core.api.Assertions.assertThat;

import io.skald.machine.Decision;
import io.skald.machine.Input;
import io.skald.machine.Moment;
import io.skald.machine.SagaMachine;
import io.skald.machine.SagaState;
import io.skald.orchestrator.lane.FakeBroker.Stored;
import io.skald.orchestrator.lane.World.Node;
import io.skald.orchestrator.messaging.WireReader;
import io.skald.saga.SagaDefinition;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.WireHeaders;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Bad input costs nobody else anything: it goes away with a reason, and the next record flows. */
class DeadLettersTest {

  private final World world = new World();
  private Node node = world.lane();
  private final String key = world.keyIn(1);

  /** A record, and a good one behind it in the same partition. */
  private void assertDeadLetter(
      String topic, Map<String, String> headers, String value, String because) {
    // when
    world.put(topic, 1, key, headers, value);
    world.requestOn(1, world.keyIn(1, 5));
    node.turn();

    // then
    assertThat(world.sent(world.keyIn(1, 5))).containsExactly("hotel");
    assertThat(world.deadLetters()).hasSize(1);
    Stored letter = world.deadLetters().getFirst();
    assertThat(letter.at().topic()).isEqualTo(topic + "-dlq");
    assertThat(letter.message().key()).isEqualTo(key);
    assertThat(letter.header("skald_dlq_reason")).contains(because);
    assertThat(letter.header("skald_dlq_topic")).isEqualTo(topic);
    assertThat(letter.header("skald_dlq_partition")).isEqualTo("1");
    assertThat(letter.header("skald_dlq_offset")).isNotEmpty();
    assertThat(world.heard.deadLetters).hasSize(1);
    assertThat(world.heard.recoveries).isEmpty();
  }

  private Map<String, String> replyToHotel() {
    world.request(key);
    node.turn();
    return world.replyHeaders(world.lastCommand(key, "hotel"), SUCCEEDED);
  }

  private void assertStepStillOpen() {
    assertThat(world.saga(key).core().steps().getFirst().action().isOpen()).isTrue();
  }

  @Test
  void shouldSayBadPayload_whenAnEventIsNoJson() {
    assertDeadLetter("trip-requests", world.event("TripRequested", key), "{nonsense", "JSON");
  }

  @Test
  void shouldSayNoKey_whenAnEventHasNone() {
    assertDeadLetter("trip-requests", world.event("TripRequested", key), "{}", "to find a key");
  }

  @Test
  void shouldSayNoType_whenAnEventHasNone() {
    assertDeadLetter("trip-requests", new HashMap<>(), "{}", "ce_type");
  }

  @Test
  void shouldSayTooLarge_whenAPayloadIs() {
    String large = "\"" + "x".repeat(256 * 1024) + "\"";
    assertDeadLetter(
        "trip-requests", world.event("TripRequested", key), large, "at most 262144 bytes");
    assertThat(world.deadLetters().getFirst().message().value()).hasSize(256 * 1024);
    assertThat(world.deadLetters().getFirst().header("skald_dlq_cut_from")).isEqualTo("262146");
  }

  @Test
  void shouldSayNoSaga_whenAReplyIsForNone() {
    Map<String, String> headers = replyToHotel();
    headers.put(WireHeaders.SAGA_ID, World.id("nobody").toString());
    assertDeadLetter("hotel-events", headers, "{}", "to exist, but it does not");
  }

  @Test
  void shouldSayWhose_whenAnotherParticipantAnswers() {
    Map<String, String> headers = replyToHotel();
    assertDeadLetter("flight-events", headers, "{\"receipt\":\"r\"}", "from participant 'hotel'");
    assertStepStillOpen();
  }

  @Test
  void shouldSayWhichStep_whenItIsUnknown() {
    Map<String, String> headers = replyToHotel();
    headers.put(WireHeaders.STEP, "tram");
    assertDeadLetter("hotel-events", headers, "{}", "'tram'");
  }

  @Test
  void shouldSayWhichType_whenTheReplyIsAnother() {
    Map<String, String> headers = replyToHotel();
    headers.put(WireHeaders.TYPE, "Undone");
    assertDeadLetter("hotel-events", headers, "{}", "answered by Done v1");
    assertStepStillOpen();
  }

  @Test
  void shouldSayBadPayload_whenAReplyIsNotOfItsType() {
    Map<String, String> headers = replyToHotel();
    assertDeadLetter("hotel-events", headers, "[1,2]", "Done");
    assertStepStillOpen();
  }

  @Test
  void shouldSayWhichHeader_whenAReplyHasABadOne() {
    Map<String, String> headers = replyToHotel();
    headers.put(WireHeaders.ATTEMPT, "first");
    assertDeadLetter("hotel-events", headers, "{}", "ce_sagaattempt");
  }

  @Test
  void shouldSayNotDeployed_whenARequestStartsAnUnknownDefinition() {
    Map<String, String> headers = world.event("StartSaga", key);
    headers.put(WireHeaders.SAGA_ID, World.id(key).toString());
    headers.put(WireHeaders.DEFINITION, "cruise");
    assertDeadLetter(World.REQUESTS, headers, "{}", "'cruise' to be deployed");
  }

  @Test
  void shouldSayUnknownRequest_whenItIs() {
    Map<String, String> headers = world.event("DanceSaga", key);
    headers.put(WireHeaders.SAGA_ID, World.id(key).toString());
    assertDeadLetter(World.REQUESTS, headers, "{}", "DanceSaga");
  }

  @Test
  void shouldNotComeBack_whenTheReaderItselfFails() {
    RecordReader good = new WireReader(world.definitions(), World.CODEC, World.REQUESTS);
    RecordReader failing =
        record -> {
          if (record.header("bad").isPresent()) {
            throw new AssertionError("a defect");
          }
          return good.read(record);
        };
    node = world.node("failing", failing, new SagaMachine(World.CODEC)).claim(1).turn();
    assertDeadLetter("trip-requests", Map.of("bad", "yes"), "{}", "a defect");
  }

  @Test
  void shouldNotComeBack_whenTheMachineItselfFails() {
    RecordReader good = new WireReader(world.definitions(), World.CODEC, World.REQUESTS);
    RecordReader mixedUp =
        record ->
            record.header("bad").isEmpty()
                ? good.read(record)
                : List.of(
                    new Reading.ForSaga(
                        World.id(key),
                        key,
                        Optional.of(Trips.trip()),
                        new Input.StartRequested("x", World.id("another"), "another", "{}")));
    node = world.node("mixed-up", mixedUp, new SagaMachine(World.CODEC)).claim(1).turn();
    assertDeadLetter("trip-requests", Map.of("bad", "yes"), "{}", "its log says why");
  }

  /** The store would refuse the whole batch for it, each time (law L8). */
  @Test
  void shouldNotComeBack_whenTheMachineForgetsAWakeUpTime() {
    SagaMachine forgetful =
        new SagaMachine(World.CODEC) {
          @Override
          public <D> Decision decide(
              SagaDefinition<D> definition,
              SagaId saga,
              Optional<SagaState> state,
              Input input,
              Moment moment) {
            Decision decision = super.decide(definition, saga, state, input, moment);
            return saga.equals(World.id(key))
                ? new Decision(
                    decision.verdict(),
                    decision.state().map(JournalContract::withoutWakeUp),
                    decision.transition())
                : decision;
          }
        };
    RecordReader good = new WireReader(world.definitions(), World.CODEC, World.REQUESTS);
    node = world.node("forgetful", good, forgetful).claim(1).turn();
    Map<String, String> headers = world.event("StartSaga", key);
    headers.put(WireHeaders.SAGA_ID, World.id(key).toString());
    headers.put(WireHeaders.DEFINITION, Trips.trip().name());
    assertDeadLetter(
        World.REQUESTS,
        headers,
        World.CODEC.encode(new Trips.Trip(key, List.of())),
        "its log says");
  }

  @Test
  void shouldNotMoveTheOffset_whenTheDeadLetterCannotBeSent() {
    // given
    node.sink().setAway(true);
    world.put("trip-requests", 1, key, new HashMap<>(), "{}");

    // when
    node.turns(3);

    // then
    assertThat(world.journal.row(1).offsets()).isEmpty();

    // when
    node.sink().setAway(false);
    node.turns(3);

    // then
    assertThat(world.deadLetters()).hasSize(1);
    assertThat(world.journal.row(1).offsets()).hasSize(1);
  }
}
