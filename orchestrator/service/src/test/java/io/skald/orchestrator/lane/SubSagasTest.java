package io.skald.orchestrator.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skald.machine.JournalEntry;
import io.skald.machine.SagaState;
import io.skald.machine.SagaStatus;
import io.skald.orchestrator.lane.FakeBroker.Stored;
import io.skald.orchestrator.lane.Trips.Do;
import io.skald.orchestrator.lane.Trips.Trip;
import io.skald.orchestrator.lane.Trips.TripRequested;
import io.skald.orchestrator.lane.Trips.Undo;
import io.skald.orchestrator.lane.World.Node;
import io.skald.saga.ChildSaga;
import io.skald.saga.Saga;
import io.skald.saga.SagaDefinition;
import io.skald.saga.message.Outcome;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.StepName;
import io.skald.saga.message.WireHeaders;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A saga and its child in different shards, by the wire and through lanes. */
class SubSagasTest {

  private static final SagaDefinition<Trip> CAR =
      Saga.define("car-trip", 3, Trip.class)
          .startedByApi()
          .step("rent", Trips.FLIGHT, Do.class, t -> new Do(t.id(), "rent"))
          .onReply(Trip::with)
          .compensate(Undo.class, t -> new Undo(t.id(), "rent"))
          .build();

  private static final SagaDefinition<Trip> TRIP =
      Saga.define("trip", 1, Trip.class)
          .startedBy(Trips.REQUESTS, TripRequested.class, TripRequested::trip, Trip::of)
          .step("hotel", Trips.HOTEL, Do.class, t -> new Do(t.id(), "hotel"))
          .compensate(Undo.class, t -> new Undo(t.id(), "hotel"))
          .subSaga("car", CAR, t -> new Trip(t.id() + "'s", List.of()))
          .onEnd((trip, car) -> new Trip(trip.id(), car.receipts()))
          .pivot("payment", Trips.BANK, Do.class, t -> new Do(t.id(), "payment"))
          .build();

  private final World world = new World().with(TRIP, CAR);
  private final String key = keyWithChildElsewhere();
  private final String childKey = ChildSaga.key(key, new StepName("car"));
  private final SagaId child = new ChildSaga("car-trip", 3).id(World.id(key), new StepName("car"));

  private String keyWithChildElsewhere() {
    for (int n = 0; ; n++) {
      String candidate = world.keyIn(1, n);
      if (world.shardOf(ChildSaga.key(candidate, new StepName("car"))) == 2) {
        return candidate;
      }
    }
  }

  private SagaState child() {
    return world.journal.saga(child).orElseThrow();
  }

  private SagaStatus childStatus() {
    return child().status();
  }

  private Node runUntilTheChildIsHeld(Node node) {
    world.request(key);
    node.turn();
    world.reply(key, "hotel", Outcome.SUCCEEDED);
    node.turns(3);
    world.reply(childKey, "rent", Outcome.SUCCEEDED);
    return node.turns(3);
  }

  @Test
  void shouldRunTheChildInItsOwnShardAndReleaseIt_whenTheParentCompletes() {
    // when
    Node node = runUntilTheChildIsHeld(world.lane());

    // then
    assertThat(childStatus()).isEqualTo(SagaStatus.HELD);
    assertThat(child().core().key()).isEqualTo(childKey);
    assertThat(child().core().version()).isEqualTo(3);
    assertThat(world.sent(key)).containsExactly("hotel", "payment");
    assertThat(world.saga(key).core().data()).contains("receipt of rent");

    // when
    world.reply(key, "payment", Outcome.SUCCEEDED);
    node.turns(3);

    // then
    assertThat(world.status(key)).isEqualTo(SagaStatus.COMPLETED);
    assertThat(childStatus()).isEqualTo(SagaStatus.COMPLETED);
    assertThat(world.lifecycle(childKey))
        .containsExactly("SagaStarted", "StepSucceeded", "SagaHeld", "SagaCompleted");
    assertThat(world.deadLetters()).isEmpty();
    assertThat(world.heard.forwarded).isEmpty();
  }

  @Test
  void shouldUndoTheChild_whenTheParentTurnsBack() {
    // given
    Node node = runUntilTheChildIsHeld(world.lane());

    // when
    world.reply(key, "payment", Outcome.REJECTED);
    node.turns(3);
    world.reply(childKey, "rent", Outcome.SUCCEEDED);
    node.turns(3);
    world.reply(key, "hotel", Outcome.SUCCEEDED);
    node.turns(3);

    // then
    assertThat(childStatus()).isEqualTo(SagaStatus.COMPENSATED);
    assertThat(world.sent(childKey)).containsExactly("rent", "-rent");
    assertThat(world.status(key)).isEqualTo(SagaStatus.COMPENSATED);
    assertThat(world.deadLetters()).isEmpty();
  }

  @Test
  void shouldTurnBack_whenTheChildIsRefused() {
    // given
    Node node = world.lane();
    world.request(key);
    node.turn();
    world.reply(key, "hotel", Outcome.SUCCEEDED);
    node.turns(3);

    // when
    world.reply(childKey, "rent", Outcome.REJECTED);
    node.turns(3);

    // then
    assertThat(childStatus()).isEqualTo(SagaStatus.COMPENSATED);
    assertThat(world.sent(key)).containsExactly("hotel", "-hotel");
    assertThat(world.entries(key, JournalEntry.StepRejected.class)).hasSize(1);
  }

  @Test
  void shouldSendTheSameAgainAndHarmNobody_whenAcknowledgementsAreLost() {
    // given
    Node first = world.lane();
    first.sink().hold();
    world.request(key);
    first.turn();
    first.sink().acknowledge(first.sink().waiting());
    world.reply(key, "hotel", Outcome.SUCCEEDED);
    first.turn();
    first.sink().loseAcknowledgements();

    // when
    Node second = world.node("second").claim(0, 1, 2, 3).turns(4);
    world.reply(childKey, "rent", Outcome.SUCCEEDED);
    second.turns(4);
    world.reply(key, "payment", Outcome.SUCCEEDED);
    second.turns(4);

    // then
    assertThat(startsOnTopic()).hasSizeGreaterThan(1);
    assertThat(startsOnTopic())
        .extracting(r -> r.header(WireHeaders.ID))
        .containsOnly(startsOnTopic().getFirst().header(WireHeaders.ID));
    assertThat(world.status(key)).isEqualTo(SagaStatus.COMPLETED);
    assertThat(childStatus()).isEqualTo(SagaStatus.COMPLETED);
    assertThat(world.sent(childKey)).containsExactly("rent");
  }

  private List<Stored> startsOnTopic() {
    return world.broker.records(World.REQUESTS).stream()
        .filter(record -> record.type().equals("StartSubSaga"))
        .toList();
  }

  @Test
  void shouldFindItsWay_whenWhatSagasSayToEachOtherComesOnForeignPartitions() {
    // given
    Node node = runUntilTheChildIsHeld(world.lane());
    List<Stored> said =
        world.broker.records(World.REQUESTS).stream()
            .filter(record -> record.type().contains("SubSaga"))
            .toList();

    // when
    said.forEach(
        record ->
            world.put(
                World.REQUESTS,
                (record.at().partition() + 1) % World.SHARDS,
                record.message().key(),
                record.message().headers(),
                new String(record.message().value(), StandardCharsets.UTF_8)));
    node.turns(4);
    world.reply(key, "payment", Outcome.SUCCEEDED);
    node.turns(4);

    // then
    assertThat(said).hasSize(2);
    assertThat(world.heard.forwarded).hasSize(2);
    assertThat(world.deadLetters()).isEmpty();
    assertThat(childStatus()).isEqualTo(SagaStatus.COMPLETED);
  }

  @Test
  void shouldStayAChild_whenItsStartComesOnAForeignPartition() {
    // given
    Node node = runUntilTheChildIsHeld(world.lane());
    Stored start = startsOnTopic().getFirst();
    SagaId other = new ChildSaga("car-trip", 3).id(World.id("another"), new StepName("car"));
    Map<String, String> headers = new HashMap<>(start.message().headers());
    headers.put("skald_parentid", World.id("another").toString());
    headers.put(WireHeaders.SAGA_ID, other.toString());

    // when
    world.put(
        World.REQUESTS,
        (start.at().partition() + 1) % World.SHARDS,
        childKey,
        headers,
        new String(start.message().value(), StandardCharsets.UTF_8));
    node.turns(3);

    // then
    assertThat(world.journal.saga(other).orElseThrow().core().parent().orElseThrow().saga())
        .isEqualTo(World.id("another"));
  }

  @Test
  void shouldLeaveADeadLetter_whenTheChildsVersionIsNotThere() {
    // given
    Node node = world.lane();
    world.request(key);
    node.turn();
    world.reply(key, "hotel", Outcome.SUCCEEDED);
    node.turn();
    Stored start = startsOnTopic().getFirst();
    Map<String, String> headers = new HashMap<>(start.message().headers());
    headers.put(WireHeaders.DEFINITION_VERSION, "4");
    SagaId another = new ChildSaga("car-trip", 4).id(World.id("another"), new StepName("car"));
    headers.put("skald_parentid", World.id("another").toString());
    headers.put(WireHeaders.SAGA_ID, another.toString());

    // when
    world.put(World.REQUESTS, start.at().partition(), childKey, headers, "{}");
    node.turns(2);

    // then
    assertThat(world.deadLetters())
        .singleElement()
        .satisfies(
            letter ->
                assertThat(letter.header("skald_dlq_reason"))
                    .contains("to be deployed in the version that its parent names"));
  }

  @Test
  void shouldRefuseToStart_whenTheChildIsNotDeployedInThatVersion() {
    assertThatThrownBy(() -> new Definitions(List.of(TRIP)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'car-trip v3' to be deployed")
        .hasMessageContaining("step 'car' of 'trip v1'");
  }
}
