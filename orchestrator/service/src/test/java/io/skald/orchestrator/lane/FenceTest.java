package io.skald.orchestrator.lane;

import static io.skald.saga.message.Outcome.SUCCEEDED;
import static org.assertj.core.api.Assertions.assertThat;

import io.skald.orchestrator.lane.World.Node;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A shard has one writer, whatever the group says. */
class FenceTest {

  private static final int SHARD = 1;

  private final World world = new World();
  private final String key = world.keyIn(SHARD);
  private final String elsewhere = world.keyIn(2);

  @Test
  void shouldCommitNothingMoreAndLetGo_whenAnotherHasClaimed() {
    // given
    Node former = world.lane();
    Node latter = world.node("latter").claim(SHARD).turn();

    // when
    world.request(key);
    former.turns(2);

    // then
    assertThat(former.lane().shards()).containsExactlyInAnyOrder(0, 2, 3);
    assertThat(world.journal.transitions(World.id(key))).isEmpty();
    assertThat(former.sink().handedOver()).isEmpty();

    // when
    latter.turn();

    // then
    assertThat(world.sent(key)).containsExactly("hotel");
    assertThat(former.source().assignment())
        .extracting(InputPartition::partition)
        .doesNotContain(SHARD);
  }

  @Test
  void shouldGoOnWithItsOtherShards_whenOneIsLost() {
    // given
    Node former = world.lane();
    world.node("latter").claim(SHARD).turn();

    // when
    world.request(key);
    world.request(elsewhere);
    former.turns(3);

    // then
    assertThat(world.sent(elsewhere)).containsExactly("hotel");
    assertThat(world.journal.transitions(World.id(key))).isEmpty();
  }

  @Test
  void shouldClaimAgainAfterAWhile_whenTheGroupStillSaysItIsIts() {
    // given
    Node former = world.lane();
    Node latter = world.node("latter").claim(SHARD).turn();
    world.request(key);
    former.turns(2);

    // when
    world.clock.tick(Duration.ofMillis(2_999));
    former.turn();

    // then
    assertThat(former.lane().shards()).doesNotContain(SHARD);

    // when
    world.clock.tick(Duration.ofMillis(1));
    former.turn();

    // then
    assertThat(former.lane().shards()).contains(SHARD);
    world.request(world.keyIn(SHARD, 1));
    latter.turns(2);
    assertThat(latter.lane().shards()).isEmpty();
  }

  @Test
  void shouldLeaveItAlone_whenItIsReleasedWhileContested() {
    // given
    Node former = world.lane();
    world.node("latter").claim(SHARD).turn();
    world.request(key);
    former.turns(2);

    // when
    former.lane().release(SHARD, () -> {});
    former.turn();
    world.clock.tick(Duration.ofMinutes(1));
    former.turn();

    // then
    assertThat(former.lane().shards()).doesNotContain(SHARD);
  }

  @Test
  void shouldClaimOnce_whenGivenBackWhileContested() {
    // given
    Node former = world.lane();
    world.node("latter").claim(SHARD).turn();
    world.request(key);
    former.turns(2);
    int claims = world.journal.claims();

    // when
    former.lane().release(SHARD, () -> {});
    former.claim(SHARD).turn();
    world.clock.tick(Duration.ofMinutes(1));
    former.turn();

    // then
    assertThat(former.lane().shards()).contains(SHARD);
    assertThat(world.journal.claims()).isEqualTo(claims + 1);
  }

  @Test
  void shouldReadStatesAnew_whenAnotherHadTheShardInBetween() {
    // given
    Node former = world.lane();
    world.request(key);
    former.turn();
    Node latter = world.node("latter").claim(SHARD).turn();
    world.reply(key, "hotel", SUCCEEDED);
    latter.turn();
    world.reply(key, "flight", SUCCEEDED);

    // when
    former.turns(2);
    world.clock.tick(Duration.ofSeconds(3));
    former.turns(2);

    // then
    assertThat(former.lane().shards()).contains(SHARD);
    assertThat(world.sent(key)).endsWith("payment");
    assertThat(world.saga(key).core().steps()).hasSize(3);
  }

  @Test
  void shouldNotDisturbTheNextOwner_whenAClaimHadToWaitUntilItWasReleased() {
    // given
    Node former = world.node("former");
    world.journal.setAway(true);
    former.claim(SHARD).turns(2);
    former.lane().release(SHARD, () -> {});
    world.journal.setAway(false);
    world.node("latter").claim(SHARD).turn();
    long epoch = world.journal.row(SHARD).epoch();

    // when
    former.turns(2);

    // then
    assertThat(world.journal.row(SHARD).epoch()).isEqualTo(epoch);
    assertThat(former.lane().shards()).isEmpty();
  }

  @Test
  void shouldClaimInTheEnd_whenTheJournalWasAway() {
    // given
    Node node = world.node("node");
    world.journal.setAway(true);
    node.claim(0, 1, 2, 3).turns(3);
    assertThat(node.lane().shards()).isEmpty();

    // when
    world.journal.setAway(false);
    node.turns(2);

    // then
    assertThat(node.lane().shards()).containsExactlyInAnyOrder(0, 1, 2, 3);
  }
}
