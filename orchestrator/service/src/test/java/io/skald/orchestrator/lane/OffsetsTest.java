package io.skald.orchestrator.lane;

import static io.skald.saga.message.Outcome.SUCCEEDED;
import static org.assertj.core.api.Assertions.assertThat;

import io.skald.orchestrator.lane.World.Node;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Offsets live in the shard row: what is before them is never applied again. */
class OffsetsTest {

  private final World world = new World();

  @Test
  void shouldStandInTheShardRow_whenABatchIsCommitted() {
    // given
    Node node = world.lane();
    String key = world.keyIn(1);

    // when
    world.request(key);
    node.turn();
    world.reply(key, "hotel", SUCCEEDED);
    node.turn();

    // then
    assertThat(world.journal.row(1).offsets())
        .isEqualTo(
            Map.of(
                new InputPartition("trip-requests", 1), 1L,
                new InputPartition("hotel-events", 1), 1L));
    assertThat(world.journal.row(0).offsets()).isEmpty();
  }

  @Test
  void shouldResumeFromThere_whenAnotherTakesOver() {
    // given
    Node former = world.lane();
    for (int i = 0; i < 5; i++) {
      world.request("T-" + i);
    }
    former.turn();

    // when
    world.request("T-5");
    Node latter = world.lane();
    latter.turn();

    // then
    assertThat(world.heard.decided).hasSize(6);
    for (int i = 0; i < 6; i++) {
      assertThat(world.journal.transitions(World.id("T-" + i))).hasSize(1);
    }
  }

  @Test
  void shouldMove_whenARecordIsADeadLetterOrNotForUs() {
    // given
    Node node = world.lane();
    Map<String, String> noType = new HashMap<>();
    world.put("trip-requests", 1, "x", noType, "{}");
    world.put("trip-requests", 1, "x", world.event("SomethingElse", "x"), "{}");

    // when
    node.turn();

    // then
    assertThat(world.journal.row(1).offsets())
        .isEqualTo(Map.of(new InputPartition("trip-requests", 1), 2L));
    assertThat(world.heard.deadLetters).hasSize(1);
    assertThat(world.heard.notForUs).isEqualTo(1);
  }

  @Test
  void shouldCountForAllPartitionsOfAShard_whenATopicHasMoreOfThem() {
    // given
    world.broker.create("trip-requests", 8);
    Node node = world.lane();
    String key = world.keyIn(1);

    // when
    world.requestOn(1, key);
    world.requestOn(5, world.keyIn(1, 1));
    node.turn();

    // then
    assertThat(world.journal.row(1).offsets())
        .isEqualTo(
            Map.of(
                new InputPartition("trip-requests", 1), 1L,
                new InputPartition("trip-requests", 5), 1L));
  }

  @Test
  void shouldStayWhereTheyAre_whenOtherShardsComeAndGo() {
    // given
    Node node = world.node("node").claim(1).turn();
    world.request(world.keyIn(1));
    node.turn();

    // when
    node.claim(2).turn();
    node.lane().release(2, () -> {});
    world.request(world.keyIn(1, 1));
    node.turn();

    // then
    assertThat(world.journal.row(1).offsets().values()).containsExactly(2L);
    assertThat(world.journal.row(1).journalSeq()).isEqualTo(2);
  }
}
