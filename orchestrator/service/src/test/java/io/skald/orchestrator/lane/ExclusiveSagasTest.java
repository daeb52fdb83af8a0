package io.skald.orchestrator.lane;

import static io.skald.saga.message.Outcome.REJECTED;
import static io.skald.saga.message.Outcome.SUCCEEDED;
import static org.assertj.core.api.Assertions.assertThat;

import io.skald.machine.IgnoreReason;
import io.skald.machine.JournalEntry;
import io.skald.machine.JournalEntry.InputIgnored;
import io.skald.machine.JournalEntry.SagaTurnCame;
import io.skald.machine.SagaState;
import io.skald.machine.SagaStatus;
import io.skald.machine.Verdict;
import io.skald.orchestrator.lane.Batch.SagaWrite;
import io.skald.orchestrator.lane.FakeBroker.Stored;
import io.skald.orchestrator.lane.InMemoryJournal.Fault;
import io.skald.orchestrator.lane.Trips.Trip;
import io.skald.orchestrator.lane.World.Node;
import io.skald.saga.Exclusive;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.WireHeaders;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Of an exclusive definition one saga of a key is under way at a time. */
class ExclusiveSagasTest {

  private static final String KEY = "T-1";

  private final World world = new World();

  private Node queueing() {
    return world.with(Trips.solo(Exclusive.QUEUE)).lane();
  }

  private Node rejecting() {
    return world.with(Trips.solo(Exclusive.REJECT)).lane();
  }

  /** The sagas of the key, in the order in which they were started. */
  private List<SagaId> sagas() {
    return world.journal.commits().stream()
        .flatMap(batch -> batch.sagas().stream())
        .filter(SagaWrite::isNew)
        .map(write -> write.state().core().id())
        .toList();
  }

  private List<SagaStatus> statuses() {
    return sagas().stream().map(id -> world.journal.saga(id).orElseThrow().status()).toList();
  }

  private List<Verdict> verdicts() {
    return world.heard.decided.stream().map(RecordingListener.Heard::verdict).toList();
  }

  private List<SagaId> turns() {
    return world.journal.commits().stream()
        .flatMap(batch -> batch.journal().stream())
        .filter(row -> row.transition().entries().getFirst() instanceof SagaTurnCame)
        .map(row -> row.transition().saga())
        .toList();
  }

  private void ask(String type, SagaId saga) {
    Map<String, String> headers = world.event(type, KEY);
    headers.put(WireHeaders.SAGA_ID, saga.toString());
    world.put(World.REQUESTS, world.shardOf(KEY), KEY, headers, "{}");
  }

  private SagaId startByApi(String start, Trip trip) {
    SagaId id = SagaId.forStart("solo", KEY, start);
    world.startByApi("solo", id, KEY, trip);
    return id;
  }

  @Test
  void shouldQueueTheSecond_whenBothStartsComeInOneBatch() {
    // given
    Node node = queueing();

    // when
    world.request(KEY);
    world.request(KEY);
    node.turn();

    // then
    assertThat(world.journal.commits()).hasSize(1);
    assertThat(statuses()).containsExactly(SagaStatus.RUNNING, SagaStatus.QUEUED);
    assertThat(world.sent(KEY)).containsExactly("hotel");
    assertThat(world.lifecycle(KEY)).containsExactly("SagaStarted", "SagaStarted", "SagaQueued");
  }

  @Test
  void shouldQueueTheSecond_whenItComesLater() {
    // given
    Node node = queueing();
    world.request(KEY);
    node.turn();

    // when
    world.request(KEY);
    node.turn();

    // then
    assertThat(statuses()).containsExactly(SagaStatus.RUNNING, SagaStatus.QUEUED);
    assertThat(((SagaState.Queued) world.journal.saga(sagas().get(1)).orElseThrow()).behind())
        .isEqualTo(sagas().get(0));
  }

  @Test
  void shouldBeTheSameSaga_whenTheSameEventComesAgain() {
    // given
    Node node = queueing();
    world.request(KEY);
    Stored event = world.broker.records(Trips.REQUESTS.name()).getFirst();
    node.turn();

    // when
    world.put(
        event.at().topic(),
        event.at().partition(),
        KEY,
        event.message().headers(),
        new String(event.message().value(), java.nio.charset.StandardCharsets.UTF_8));
    node.turn();

    // then
    assertThat(sagas()).hasSize(1);
    assertThat(verdicts()).last().isEqualTo(new Verdict.Ignored(IgnoreReason.REPEATED_START));
  }

  @Test
  void shouldRejectTheSecond_whenBothStartsComeInOneBatch() {
    // given
    Node node = rejecting();

    // when
    world.request(KEY);
    world.request(KEY);
    node.turn();

    // then
    assertThat(statuses()).containsExactly(SagaStatus.RUNNING);
    assertThat(world.heard.deadLetters)
        .singleElement()
        .asString()
        .contains(sagas().getFirst().toString());
    assertThat(world.deadLetters()).hasSize(1);
    assertThat(verdicts()).hasAtLeastOneElementOfType(Verdict.Excluded.class);
    assertThat(world.journal.transitions(sagas().getFirst()))
        .last()
        .satisfies(
            noted ->
                assertThat(noted.entries())
                    .singleElement()
                    .extracting(entry -> ((InputIgnored) entry).reason())
                    .isEqualTo(IgnoreReason.EXCLUDES_ANOTHER));
  }

  @Test
  void shouldTellWhoAsked_whenAStartByApiIsRejected() {
    // given
    Node node = rejecting();
    SagaId first = startByApi("a", new Trip(KEY, List.of()));
    node.turn();

    // when
    SagaId second = startByApi("b", new Trip(KEY, List.of()));
    node.turn();

    // then its caller has the answer, and there is nothing to redrive
    assertThat(world.heard.decided)
        .filteredOn(heard -> heard.saga().equals(second))
        .singleElement()
        .satisfies(heard -> assertThat(((Verdict.Excluded) heard.verdict()).by()).isEqualTo(first));
    assertThat(world.deadLetters()).isEmpty();
  }

  @Test
  void shouldStart_whenTheFirstHasEndedInTheSameBatch() {
    // given
    Node node = rejecting();
    world.request(KEY);
    node.turn();

    // when
    ask("AbortSaga", sagas().getFirst());
    node.turn();
    startByApi("b", new Trip(KEY, List.of()));
    ask("AbortSaga", SagaId.forStart("solo", KEY, "b"));
    startByApi("c", new Trip(KEY, List.of()));
    node.turn();

    // then
    assertThat(statuses())
        .containsExactly(SagaStatus.ABORTED, SagaStatus.ABORTED, SagaStatus.RUNNING);
    assertThat(world.journal.commits()).hasSize(3);
  }

  @Test
  void shouldGiveTheTurnInTheSameTransaction_whenTheFirstEnds() {
    // given
    Node node = queueing();
    world.request(KEY);
    world.request(KEY);
    node.turn();

    // when
    world.reply(KEY, "hotel", SUCCEEDED);
    node.turn();

    // then
    assertThat(world.journal.commits()).hasSize(2);
    assertThat(statuses()).containsExactly(SagaStatus.COMPLETED, SagaStatus.RUNNING);
    assertThat(turns()).containsExactly(sagas().get(1));
    assertThat(world.sent(KEY)).containsExactly("hotel", "hotel");
  }

  @Test
  void shouldGiveTheTurn_whenTheFirstIsCompensated() {
    // given
    Node node = queueing();
    world.request(KEY);
    world.request(KEY);
    node.turn();

    // when
    world.reply(KEY, "hotel", REJECTED);
    node.turn();

    // then
    assertThat(statuses()).containsExactly(SagaStatus.COMPENSATED, SagaStatus.RUNNING);
  }

  @Test
  void shouldKeepTheOrder_whenTheFirstEndsAndAnotherStartsInOneBatch() {
    // given
    Node node = queueing();
    world.request(KEY);
    world.request(KEY);
    node.turn();

    // when
    ask("AbortSaga", sagas().getFirst());
    startByApi("c", new Trip(KEY, List.of()));
    node.turn();

    // then
    assertThat(statuses())
        .containsExactly(SagaStatus.ABORTED, SagaStatus.RUNNING, SagaStatus.QUEUED);
  }

  @Test
  void shouldKeepTheOrder_whenOneInTheMiddleIsCancelled() {
    // given
    Node node = queueing();
    for (int i = 0; i < 4; i++) {
      world.request(KEY);
    }
    node.turn();

    // when
    ask("CancelSaga", sagas().get(1));
    node.turn();

    // then
    assertThat(statuses())
        .containsExactly(
            SagaStatus.RUNNING, SagaStatus.COMPENSATED, SagaStatus.QUEUED, SagaStatus.QUEUED);

    // when
    for (int i = 0; i < 3; i++) {
      world.reply(KEY, "hotel", SUCCEEDED);
      node.turn();
    }

    // then
    assertThat(turns()).containsExactly(sagas().get(2), sagas().get(3));
    assertThat(statuses()).doesNotContain(SagaStatus.QUEUED, SagaStatus.RUNNING);
  }

  @Test
  void shouldPassTheTurnOn_whenASagaEndsInItsFirstMoment() {
    // given
    Node node = queueing();
    startByApi("a", new Trip(KEY, List.of()));
    startByApi("b", new Trip(Trips.EMPTY, List.of()));
    startByApi("c", new Trip(Trips.EMPTY, List.of()));
    startByApi("d", new Trip(KEY, List.of()));
    node.turn();

    // when
    world.reply(KEY, "hotel", SUCCEEDED);
    node.turn();

    // then
    assertThat(statuses())
        .containsExactly(
            SagaStatus.COMPLETED, SagaStatus.COMPLETED, SagaStatus.COMPLETED, SagaStatus.RUNNING);
    assertThat(world.journal.commits()).hasSize(2);
  }

  @Test
  void shouldNotLoseTheTurn_whenTheCommitFails() {
    for (Fault fault : Fault.values()) {
      // given
      World other = new World().with(Trips.solo(Exclusive.QUEUE));
      Node node = other.lane();
      other.request(KEY);
      other.request(KEY);
      node.turn();
      other.journal.failNext(fault);

      // when
      other.reply(KEY, "hotel", SUCCEEDED);
      node.turns(3);

      // then
      assertThat(other.journal.sagas())
          .extracting(saga -> saga.state().status())
          .containsExactlyInAnyOrder(SagaStatus.COMPLETED, SagaStatus.RUNNING);
    }
  }

  @Test
  void shouldGoOnInOrder_whenAnotherLaneTakesOver() {
    // given
    Node node = queueing();
    world.request(KEY);
    world.request(KEY);
    node.turn();

    // when
    Node next = world.node("next").claim(0, 1, 2, 3).turn();
    world.request(KEY);
    next.turn();
    world.reply(KEY, "hotel", SUCCEEDED);
    next.turns(2);

    // then
    assertThat(statuses())
        .containsExactly(SagaStatus.COMPLETED, SagaStatus.RUNNING, SagaStatus.QUEUED);
  }

  @Test
  void shouldStillSeeWhoIsThere_whenOneThatEndedLongAgoIsAnsweredOnceMore() {
    // given the place of the first is the second's now
    Node node = queueing();
    world.request(KEY);
    node.turn();
    Stored command = world.lastCommand(KEY, "hotel");
    world.reply(KEY, "hotel", SUCCEEDED);
    node.turn();
    world.request(KEY);
    node.turn();

    // when
    world.replyOn(world.shardOf(KEY), KEY, command, SUCCEEDED);
    world.request(KEY);
    node.turn();

    // then
    assertThat(statuses())
        .containsExactly(SagaStatus.COMPLETED, SagaStatus.RUNNING, SagaStatus.QUEUED);
  }

  @Test
  void shouldBeTheSameStartAndADeadLetter_whenItCameToAnotherShard() {
    // given
    Node node = rejecting();
    world.request(KEY);
    node.turn();

    // when
    world.requestOn((world.shardOf(KEY) + 1) % World.SHARDS, KEY);
    node.turns(2);

    // then
    assertThat(world.heard.forwarded).hasSize(1);
    assertThat(sagas()).hasSize(1);
    assertThat(world.deadLetters()).hasSize(1);
  }

  @Test
  void shouldGiveTheTurn_whenTheDefinitionIsMissing() {
    // given
    Node node = queueing();
    world.request(KEY);
    world.request(KEY);
    node.turn();

    // when
    Node without = world.with(Trips.trip()).node("without").claim(0, 1, 2, 3).turn();
    ask("AbortSaga", sagas().getFirst());
    without.turns(2);

    // then
    assertThat(statuses()).containsExactly(SagaStatus.ABORTED, SagaStatus.PARKED);

    // when
    world.with(Trips.solo(Exclusive.QUEUE)).node("with").claim(0, 1, 2, 3).turn().turns(2);

    // then
    assertThat(statuses()).containsExactly(SagaStatus.ABORTED, SagaStatus.RUNNING);
  }

  @Test
  void shouldAskForNoLine_whenDefinitionsAreNotExclusive() {
    // given
    Node node = world.lane();

    // when
    world.request(KEY);
    node.turn();
    world.reply(KEY, "hotel", REJECTED);
    node.turns(2);

    // then
    assertThat(world.status(KEY)).isEqualTo(SagaStatus.COMPENSATED);
    assertThat(world.journal.lineReads()).isZero();
    assertThat(world.entries(KEY, JournalEntry.SagaStarted.class))
        .extracting(JournalEntry.SagaStarted::place)
        .containsExactly(0L);
  }
}
