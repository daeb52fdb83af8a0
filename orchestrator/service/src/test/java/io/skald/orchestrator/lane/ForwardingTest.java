package io.skald.orchestrator.lane;

import static io.skald.saga.message.Outcome.SUCCEEDED;
import static org.assertj.core.api.Assertions.assertThat;

import io.skald.machine.SagaStatus;
import io.skald.orchestrator.lane.World.Node;
import io.skald.saga.message.WireHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Nothing is misrouted for good. */
class ForwardingTest {

  private final World world = new World();
  private final String key = world.keyIn(1);

  @Test
  void shouldStartOnceWhereItBelongs_whenAStartComesOnAForeignPartition() {
    // given
    Node node = world.lane();

    // when
    world.requestOn(3, key);
    node.turn();

    // then
    assertThat(world.journal.saga(World.id(key))).isEmpty();
    assertThat(world.broker.records(World.REQUESTS))
        .singleElement()
        .satisfies(
            record -> {
              assertThat(record.at().partition()).isEqualTo(1);
              assertThat(record.message().key()).isEqualTo(key);
            });

    // when
    node.turns(3);

    // then
    assertThat(world.sent(key)).containsExactly("hotel");
    assertThat(world.heard.forwarded).containsExactly("trip-requests");
    assertThat(world.journal.row(1).journalSeq()).isEqualTo(1);
  }

  @Test
  void shouldStartOnce_whenTheTopicHasAnotherNumberOfPartitions() {
    // given
    world.broker.create("trip-requests", 3);
    Node node = world.lane();

    // when
    for (int i = 0; i < 30; i++) {
      world.requestOn(new ShardMap(3).ofKey("T-" + i), "T-" + i);
    }
    node.turns(3);

    // then
    for (int i = 0; i < 30; i++) {
      assertThat(world.sent("T-" + i)).containsExactly("hotel");
    }
    assertThat(world.heard.forwarded).isNotEmpty();
  }

  @Test
  void shouldBeInKafka_beforeItsOffsetMoves() {
    // given
    Node node = world.lane();
    List<Integer> forwardedAtCommit = new ArrayList<>();
    world.journal.onCommit(
        () -> forwardedAtCommit.add(world.broker.records(World.REQUESTS).size()));

    // when
    world.requestOn(3, key);
    node.turn();

    // then
    assertThat(forwardedAtCommit).containsExactly(1);
  }

  @Test
  void shouldNotMoveTheOffset_whenForwardingFails() {
    // given
    Node node = world.lane();
    node.sink().setAway(true);

    // when
    world.requestOn(3, key);
    node.turns(3);

    // then
    assertThat(world.journal.row(3).offsets()).isEmpty();

    // when
    node.sink().setAway(false);
    node.turns(4);

    // then
    assertThat(world.sent(key)).containsExactly("hotel");
  }

  @Test
  void shouldApplyAReplyOnce_whenItComesOnTheWrongPartition() {
    // given
    Node node = world.lane();
    world.request(key);
    node.turn();

    // when
    world.replyOn(2, key, world.lastCommand(key, "hotel"), SUCCEEDED);
    node.turns(3);

    // then
    assertThat(world.sent(key)).containsExactly("hotel", "flight");
    assertThat(world.heard.forwarded).containsExactly("hotel-events");
    assertThat(world.journal.transitions(World.id(key))).hasSize(2);
  }

  @Test
  void shouldApplyAReplyOnce_whenItHasTheWrongKey() {
    // given
    Node node = world.lane();
    world.request(key);
    node.turn();
    String wrong = world.keyIn(2);

    // when
    world.replyOn(2, wrong, world.lastCommand(key, "hotel"), SUCCEEDED);
    node.turns(4);

    // then
    assertThat(world.sent(key)).containsExactly("hotel", "flight");
    assertThat(world.heard.forwarded).hasSize(1);
    assertThat(world.broker.records(World.REQUESTS))
        .singleElement()
        .extracting(record -> record.message().key())
        .isEqualTo(key);
  }

  @Test
  void shouldFindTheSagaByItsId_whenOnlyTheKeyIsWrong() {
    // given
    Node node = world.lane();
    world.request(key);
    node.turn();

    // when
    world.replyOn(1, world.keyIn(2), world.lastCommand(key, "hotel"), SUCCEEDED);
    node.turns(2);

    // then
    assertThat(world.sent(key)).containsExactly("hotel", "flight");
    assertThat(world.heard.forwarded).isEmpty();
  }

  @Test
  void shouldEndAsADeadLetter_whenAForwardedReplyIsForNoSaga() {
    // given
    Node node = world.lane();
    world.request(key);
    node.turn();
    Map<String, String> headers = world.replyHeaders(world.lastCommand(key, "hotel"), SUCCEEDED);
    headers.put(WireHeaders.SAGA_ID, World.id("nobody").toString());
    headers.put(WireHeaders.SUBJECT, world.keyIn(0));

    // when
    world.put("hotel-events", 2, key, headers, "{}");
    node.turns(6);

    // then
    assertThat(world.heard.forwarded).hasSize(1);
    assertThat(world.deadLetters()).hasSize(1);
  }

  @Test
  void shouldCarryOutARequest_whenItComesOnTheWrongPartition() {
    // given
    Node node = world.lane();
    world.request(key);
    node.turn();
    Map<String, String> headers = world.event("CancelSaga", key);
    headers.put(WireHeaders.SAGA_ID, World.id(key).toString());

    // when
    world.put(World.REQUESTS, 3, key, headers, "{}");
    node.turns(3);

    // then
    assertThat(world.status(key)).isEqualTo(SagaStatus.COMPENSATING);
    assertThat(world.heard.forwarded).containsExactly(World.REQUESTS);
  }
}
