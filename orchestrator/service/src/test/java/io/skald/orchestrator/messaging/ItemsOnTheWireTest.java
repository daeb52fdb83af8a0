package io.skald.orchestrator.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.skald.machine.Decision;
import io.skald.machine.Input;
import io.skald.machine.Moment;
import io.skald.machine.SagaMachine;
import io.skald.orchestrator.lane.Definitions;
import io.skald.orchestrator.lane.OutgoingMessage;
import io.skald.orchestrator.lane.Reading;
import io.skald.orchestrator.lane.Trips;
import io.skald.orchestrator.lane.Trips.Do;
import io.skald.orchestrator.lane.Trips.Done;
import io.skald.orchestrator.lane.Trips.Trip;
import io.skald.orchestrator.lane.Trips.Undo;
import io.skald.saga.Saga;
import io.skald.saga.SagaDefinition;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.StepName;
import io.skald.saga.message.WireHeaders;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The steps inside of a {@code forEach}: one command for each item, and the reply finds back. */
class ItemsOnTheWireTest {

  private static final String ODD = "Grüße, 東京 \"2\" 😀";

  private static final SagaId SAGA = SagaId.forKey("tour", "T-1");

  private static final SagaDefinition<Trip> TOUR =
      Saga.define("tour", 1, Trip.class)
          .startedByApi()
          .forEach(
              "nights",
              String.class,
              Trip::receipts,
              night -> night,
              10,
              each ->
                  each.step("hotel", Trips.HOTEL, Do.class, night -> new Do("T-1", night.item()))
                      .onReply((night, done) -> night.with(night.data().with(done)))
                      .compensate(Undo.class, night -> new Undo("T-1", night.item())))
          .build();

  private final SagaMachine machine = new SagaMachine(Records.CODEC);
  private final Decision started =
      machine.decide(
          TOUR,
          SAGA,
          Optional.empty(),
          new Input.StartRequested(
              "c-1", SAGA, "T-1", Records.CODEC.encode(new Trip("T-1", List.of("N-1", ODD)))),
          new Moment(Instant.EPOCH, 0.5));

  private List<OutgoingMessage> commands() {
    return Records.writer()
        .messagesOf(started.state().orElseThrow().core(), 1, started.transition().orElseThrow())
        .stream()
        .filter(message -> message.topic().equals("hotel-commands"))
        .toList();
  }

  @Test
  void shouldNameTheItem_whenACommandIsForOne() {
    // when
    List<OutgoingMessage> commands = commands();

    // then
    assertThat(commands)
        .extracting(command -> command.headers().get(WireHeaders.ITEM))
        .containsExactly("N-1", ODD);
    assertThat(commands)
        .allSatisfy(
            command -> assertThat(command.headers()).containsEntry(WireHeaders.STEP, "hotel"));
    assertThat(commands)
        .extracting(command -> command.headers().get(WireHeaders.IDEMPOTENCY_KEY))
        .containsExactly(SAGA + "/hotel/N-1/action", SAGA + "/hotel/" + ODD + "/action");
  }

  @Test
  void shouldFindTheItem_whenAReplySaysAgainWhatItsCommandSaid() {
    // given
    WireReader reader =
        new WireReader(new Definitions(List.of(TOUR)), Records.CODEC, Records.REQUESTS);

    // when
    List<StepName> answered =
        commands().stream()
            .map(ItemsOnTheWireTest::headersOfReply)
            .map(headers -> Records.record("hotel-events", headers, "{\"receipt\":\"r\"}"))
            .map(record -> (Reading.ForSaga) reader.read(record).getFirst())
            .map(reading -> ((Input.ReplyReceived) reading.input()).step())
            .toList();

    // then
    assertThat(answered).containsExactly(new StepName("hotel", "N-1"), new StepName("hotel", ODD));
  }

  private static Map<String, String> headersOfReply(OutgoingMessage command) {
    Map<String, String> headers = new HashMap<>(command.headers());
    headers.put(WireHeaders.TYPE, Done.class.getSimpleName());
    headers.put(WireHeaders.OUTCOME, "succeeded");
    return headers;
  }
}
