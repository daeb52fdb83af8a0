package io.skald.orchestrator.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.skald.machine.JournalEntry.AttemptTimedOut;
import io.skald.machine.JournalEntry.SagaCompensating;
import io.skald.orchestrator.lane.World.Node;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Law L9: an outage of Kafka must not become a wave of compensations. */
class OutageTest {

  private static final int SHARD = 1;

  private final World world = new World();
  private final List<String> keys = new ArrayList<>();

  OutageTest() {
    for (int i = 0; i < 10; i++) {
      keys.add(world.keyIn(SHARD, i));
    }
  }

  /** Sagas whose first commands wait for Kafka. */
  private Node nodeInOutage() {
    Node node = world.node("node").claim(SHARD).turn();
    node.sink().hold();
    keys.forEach(world::request);
    node.turn();
    return node;
  }

  private void assertNobodyTimedOut() {
    for (String key : keys) {
      assertThat(world.entries(key, AttemptTimedOut.class)).isEmpty();
      assertThat(world.entries(key, SagaCompensating.class)).isEmpty();
    }
  }

  private void assertTimeoutsMovedTo(Instant at) {
    for (String key : keys) {
      assertThat(world.saga(key).nextDueAt()).contains(at);
    }
  }

  @Test
  void shouldStandStill_whileThePublisherIsBehind() {
    // given
    Node node = nodeInOutage();

    // when
    for (int i = 0; i < 360; i++) {
      world.clock.tick(Duration.ofSeconds(10));
      node.turn();
    }

    // then
    assertNobodyTimedOut();
    assertThat(world.journal.loads()).isLessThan(100);
  }

  @Test
  void shouldStandStill_whenTheTimeoutIsShorterThanWhatCountsAsLate() {
    // given
    LaneSettings usual = world.settings();
    world.with(
        new LaneSettings(
            usual.node(),
            usual.maxTimers(),
            usual.maxUnacknowledged(),
            usual.cachedSagas(),
            usual.timerHorizon(),
            Trips.TIMEOUT.multipliedBy(3),
            usual.patience()));
    Node node = nodeInOutage();

    // when
    world.clock.tick(Trips.TIMEOUT.plusSeconds(1));
    node.turns(3);

    // then
    assertNobodyTimedOut();

    // when
    node.sink().let();
    node.turns(3);

    // then
    assertNobodyTimedOut();
    assertTimeoutsMovedTo(world.clock.instant().plus(Trips.TIMEOUT));
  }

  @Test
  void shouldStartTimeoutsAnew_whenKafkaIsBack() {
    // given
    Node node = nodeInOutage();
    world.clock.tick(Duration.ofMinutes(40));
    node.turns(3);

    // when
    node.sink().let();
    Instant back = world.clock.instant();
    node.turns(3);

    // then
    assertNobodyTimedOut();
    assertTimeoutsMovedTo(back.plus(Trips.TIMEOUT));

    // when
    world.clock.tick(Trips.TIMEOUT);
    node.turns(3);

    // then
    for (String key : keys) {
      assertThat(world.entries(key, AttemptTimedOut.class)).hasSize(1);
    }
  }

  @Test
  void shouldMoveTimeoutsFirst_whenKafkaIsBackInTheMiddleOfATurn() {
    // given
    Node node = nodeInOutage();
    world.clock.tick(Duration.ofMinutes(40));

    // when: acknowledgements come while the lane waits for input
    node.source().whilePolling(node.sink()::let);
    node.turn();

    // then
    assertNobodyTimedOut();
    node.turns(3);
    assertNobodyTimedOut();
    assertTimeoutsMovedTo(world.clock.instant().plus(Trips.TIMEOUT));
  }

  @Test
  void shouldNotSayPublished_whileLateTimeoutsAreNotMoved() {
    // given
    Node node = nodeInOutage();
    world.clock.tick(Duration.ofMinutes(40));
    String another = world.keyIn(SHARD, 10);

    // when: acknowledgements come in the middle of a turn that commits, and then the lane crashes
    node.source()
        .whilePolling(
            () -> {
              node.sink().let();
              world.request(another);
            });
    node.turn();

    // then
    assertThat(world.journal.saga(World.id(another))).isPresent();
    assertNextOwnerTimesNobodyOut();
  }

  @Test
  void shouldNotSayPublished_whenReleasedBeforeLateTimeoutsAreMoved() {
    // given
    Node node = nodeInOutage();
    world.clock.tick(Duration.ofMinutes(40));
    node.turn();
    node.sink().let();

    // when
    node.lane().release(SHARD, () -> {});
    node.turn();

    // then
    assertNextOwnerTimesNobodyOut();
  }

  @Test
  void shouldNotSayPublished_whenClosedBeforeLateTimeoutsAreMoved() {
    // given
    Node node = nodeInOutage();
    world.clock.tick(Duration.ofMinutes(40));
    node.turn();
    node.sink().let();

    // when
    node.lane().close();

    // then
    assertNextOwnerTimesNobodyOut();
  }

  private void assertNextOwnerTimesNobodyOut() {
    Node next = world.node("next").claim(SHARD);
    next.turns(4);
    assertNobodyTimedOut();
    assertTimeoutsMovedTo(world.clock.instant().plus(Trips.TIMEOUT));
  }

  @Test
  void shouldMoveTimeouts_whenTheProcessWasAwayToo() {
    // given
    nodeInOutage();
    world.clock.tick(Duration.ofMinutes(40));

    // when
    assertNextOwnerTimesNobodyOut();
  }

  @Test
  void shouldNotTryEachMessage_whenTheSinkGivesUp() {
    // given
    nodeInOutage();
    Node next = world.node("next");
    next.sink().setAway(true);

    // when: each try would cost the sink's patience
    next.claim(SHARD).turn();

    // then
    assertThat(next.sink().handedOver()).hasSize(1);
    assertThat(next.lane().isWell()).isFalse();

    // when
    next.turns(3);

    // then
    assertThat(next.sink().handedOver()).hasSize(4);

    // when
    next.sink().setAway(false);
    next.turns(3);

    // then
    assertThat(next.lane().isWell()).isTrue();
    assertThat(next.lane().shards()).containsExactly(SHARD);
    keys.forEach(key -> assertThat(world.sent(key)).containsExactly("hotel"));
  }

  @Test
  void shouldNotTryEachShard_whenTheSinkGivesUp() {
    // given: rows above the watermark in two shards
    Node node = world.node("node").claim(SHARD, 2).turn();
    node.sink().hold();
    world.request(world.keyIn(SHARD));
    world.request(world.keyIn(2));
    node.turn();
    node.sink().setAway(true);
    node.sink().handedOver().clear();

    // when
    node.sink().giveUp();
    node.turns(2);

    // then
    assertThat(node.sink().handedOver()).hasSize(1);

    // when
    node.sink().setAway(false);
    node.sink().let();
    node.turns(2);

    // then
    assertThat(world.sent(world.keyIn(SHARD))).containsExactly("hotel");
    assertThat(world.sent(world.keyIn(2))).containsExactly("hotel");
  }

  @Test
  void shouldNotTryEachMessage_whenTheSinkGivesUpOnABatch() {
    // given
    Node node = world.node("node").claim(SHARD).turn();
    node.sink().setAway(true);

    // when
    keys.forEach(world::request);
    node.turn();

    // then
    assertThat(node.sink().handedOver()).hasSize(1);
    assertThat(world.journal.row(SHARD).journalSeq()).isEqualTo(10);
  }
}
