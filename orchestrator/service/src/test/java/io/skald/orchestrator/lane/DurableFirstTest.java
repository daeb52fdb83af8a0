package io.skald.orchestrator.lane;

import static io.skald.saga.message.Outcome.SUCCEEDED;
import static org.assertj.core.api.Assertions.assertThat;

import io.skald.orchestrator.lane.InMemoryJournal.Fault;
import io.skald.orchestrator.lane.World.Node;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Law L1, and commits of which nobody knows whether they happened. */
class DurableFirstTest {

  private final World world = new World();

  @Test
  void shouldHandNothingOver_whenItIsNotCommitted() {
    // given
    Node node = world.lane();
    List<Integer> handedOverAtCommit = new ArrayList<>();
    world.journal.onCommit(() -> handedOverAtCommit.add(node.sink().handedOver().size()));

    // when
    world.request("T-1");
    node.turn();

    // then
    assertThat(handedOverAtCommit).containsExactly(0);
    assertThat(world.sent("T-1")).containsExactly("hotel");
    assertThat(world.lifecycle("T-1")).containsExactly("SagaStarted");
  }

  @Test
  void shouldPublishNothing_whenCommitFails() {
    // given
    Node node = world.lane();
    world.journal.failNext(Fault.NOT_DONE);

    // when
    world.request("T-1");
    node.turn();

    // then
    assertThat(node.sink().handedOver()).isEmpty();
    assertThat(world.heard.decided).isEmpty();
    assertThat(node.lane().isWell()).isFalse();

    // when
    node.turns(2);

    // then
    assertThat(world.sent("T-1")).containsExactly("hotel");
    assertThat(world.journal.transitions(World.id("T-1"))).hasSize(1);
    assertThat(node.lane().isWell()).isTrue();
  }

  @Test
  void shouldGoOnByItself_whenJournalIsBack() {
    // given
    Node node = world.lane();
    world.request("T-1");
    node.turn();
    world.reply("T-1", "hotel", SUCCEEDED);
    world.journal.setAway(true);

    // when
    node.turns(5);

    // then
    assertThat(node.lane().isWell()).isFalse();
    assertThat(world.sent("T-1")).containsExactly("hotel");

    // when
    world.journal.setAway(false);
    node.turns(2);

    // then
    assertThat(node.lane().isWell()).isTrue();
    assertThat(world.sent("T-1")).containsExactly("hotel", "hotel", "flight");
  }

  @Test
  void shouldSettleByReading_whenCommitIsDoneButReportedFailed() {
    // given
    Node node = world.lane();
    world.journal.failNext(Fault.DONE_BUT_REPORTED_FAILED);

    // when
    world.request("T-1");
    node.turn();

    // then
    assertThat(node.sink().handedOver()).isEmpty();

    // when
    node.turns(3);

    // then
    assertThat(world.journal.transitions(World.id("T-1"))).hasSize(1);
    assertThat(world.sent("T-1")).containsExactly("hotel");
    assertThat(world.heard.recoveries).hasSize(1);

    // when
    world.reply("T-1", "hotel", SUCCEEDED);
    node.turn();

    // then
    assertThat(world.sent("T-1")).containsExactly("hotel", "flight");
  }

  @Test
  void shouldNotSetShardRowBack_whenReleasedAfterCommitOfUnknownOutcome() {
    // given
    Node node = world.lane();
    world.request("T-1");
    node.turn();
    world.reply("T-1", "hotel", SUCCEEDED);
    world.journal.failNext(Fault.DONE_BUT_REPORTED_FAILED);
    node.turn();
    int shard = world.shardOf("T-1");
    Journal.Claim committed = world.journal.row(shard);

    // when
    node.lane().release(shard, () -> {});
    node.turn();

    // then
    assertThat(world.journal.row(shard)).isEqualTo(committed);
    assertNextOwnerGoesOn();
  }

  @Test
  void shouldNotSetShardRowBack_whenClosedAfterCommitOfUnknownOutcome() {
    // given
    Node node = world.lane();
    world.request("T-1");
    node.turn();
    world.reply("T-1", "hotel", SUCCEEDED);
    world.journal.failNext(Fault.DONE_BUT_REPORTED_FAILED);
    node.turn();
    Journal.Claim committed = world.journal.row(world.shardOf("T-1"));

    // when
    node.lane().close();

    // then
    assertThat(world.journal.row(world.shardOf("T-1"))).isEqualTo(committed);
    assertNextOwnerGoesOn();
  }

  private void assertNextOwnerGoesOn() {
    world.lane().turns(2);
    assertThat(world.journal.transitions(World.id("T-1"))).hasSize(2);
    assertThat(world.sent("T-1")).endsWith("flight");
  }
}
