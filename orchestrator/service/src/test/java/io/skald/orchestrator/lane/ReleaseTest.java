package io.skald.orchestrator.lane;

import static io.skald.saga.message.Outcome.SUCCEEDED;
import static org.assertj.core.api.Assertions.assertThat;

import io.skald.orchestrator.lane.World.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Shards come and go. */
class ReleaseTest {

  private static final int SHARD = 1;

  private final World world = new World();
  private final List<String> released = new ArrayList<>();
  private final String key = world.keyIn(SHARD);

  @Test
  void shouldTellWhenLetGo_andReadItNoMore() {
    // given
    Node node = world.lane();
    world.request(key);
    node.turn();
    world.clock.tick(Duration.ofSeconds(6));
    node.turn();

    // when
    node.lane().release(SHARD, () -> released.add("1"));
    assertThat(released).isEmpty();
    node.turn();

    // then
    assertThat(released).containsExactly("1");
    assertThat(node.lane().shards()).doesNotContain(SHARD);
    int loads = world.journal.loads();
    world.reply(key, "hotel", SUCCEEDED);
    world.clock.tick(Duration.ofMinutes(1));
    node.turns(3);
    assertThat(world.journal.loads()).isEqualTo(loads);
    assertThat(world.journal.transitions(World.id(key))).hasSize(1);
  }

  @Test
  void shouldWakeTheLane_whenAskedFor() {
    // given
    Node node = world.lane();
    int before = node.source().wakeUps();

    // when
    node.lane().claim(1);
    node.lane().release(1, () -> {});

    // then
    assertThat(node.source().wakeUps()).isEqualTo(before + 2);
  }

  @Test
  void shouldFinishItsTurnFirst_whenAskedInTheMiddleOfOne() {
    // given
    Node node = world.lane();
    world.request(key);
    node.source().whilePolling(() -> node.lane().release(SHARD, () -> released.add("1")));

    // when
    node.turn();

    // then
    assertThat(released).isEmpty();
    assertThat(world.sent(key)).containsExactly("hotel");

    // when
    node.turn();

    // then
    assertThat(released).containsExactly("1");
  }

  @Test
  void shouldConfirm_whenItNeverHadTheShard() {
    // given
    Node node = world.node("node");

    // when
    node.lane().release(SHARD, () -> released.add("1"));
    node.turn();

    // then
    assertThat(released).containsExactly("1");
  }

  @Test
  void shouldConfirm_whenTheJournalIsAway() {
    // given
    Node node = world.lane();
    world.request(key);
    node.turn();
    world.journal.setAway(true);

    // when
    node.lane().release(SHARD, () -> released.add("1"));
    node.turn();

    // then
    assertThat(released).containsExactly("1");
  }

  @Test
  void shouldConfirm_whenTheLaneIsClosedOrCloses() {
    // given
    Node node = world.lane();

    // when
    node.lane().release(SHARD, () -> released.add("before"));
    node.lane().close();
    assertThat(released).containsExactly("before");
    node.lane().release(SHARD, () -> released.add("after"));

    // then
    assertThat(released).containsExactly("before", "after");
  }

  @Test
  void shouldCloseItsSource_whenTheJournalIsAway() {
    // given
    Node node = world.lane();
    world.request(key);
    node.turn();
    world.journal.setAway(true);

    // when
    node.lane().close();

    // then
    assertThat(node.source().isClosed()).isTrue();
    assertThat(node.sink().isClosed()).isTrue();
  }

  @Test
  void shouldGoOnWhereItWas_whenTheShardComesBack() {
    // given
    Node node = world.lane();
    world.request(key);
    node.turn();
    node.lane().release(SHARD, () -> {});
    node.turn();
    world.reply(key, "hotel", SUCCEEDED);

    // when
    node.claim(SHARD).turns(2);

    // then
    assertThat(world.sent(key)).containsExactly("hotel", "flight");
  }

  @Test
  void shouldStartOver_whenAnErrorEscapes() {
    // given
    Node node = world.lane();
    node.source()
        .whilePolling(
            () -> {
              throw new LinkageError("not really");
            });

    // when
    node.turn();

    // then
    assertThat(node.lane().isWell()).isFalse();

    // when
    world.request(key);
    node.turns(2);

    // then
    assertThat(world.sent(key)).containsExactly("hotel");
  }
}
