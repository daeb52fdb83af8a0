package io.skald.orchestrator.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.skald.orchestrator.lane.World.Node;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The journal is the outbox: what lies above the watermark is published again, and no more. */
class WatermarkTest {

  private static final int SHARD = 1;

  private final World world = new World();
  private final List<String> keys =
      List.of(
          world.keyIn(SHARD, 0),
          world.keyIn(SHARD, 1),
          world.keyIn(SHARD, 2),
          world.keyIn(SHARD, 3));

  private Node node() {
    Node node = world.node("node").claim(SHARD).turn();
    node.sink().hold();
    return node;
  }

  private long publishedSeq() {
    return world.journal.row(SHARD).publishedSeq();
  }

  /** Three sagas, each with two messages that wait for Kafka. */
  private Node nodeWithThreeTransitions() {
    Node node = node();
    keys.subList(0, 3).forEach(world::request);
    node.turn();
    assertThat(node.sink().waiting()).isEqualTo(6);
    return node;
  }

  @Test
  void shouldStopAtTheFirstGap_whenLaterMessagesAreAcknowledged() {
    // given
    Node node = nodeWithThreeTransitions();

    // when: all of the first, half of the second, all of the third
    node.sink().acknowledge(2);
    node.sink().acknowledgeAt(1);
    node.sink().acknowledgeAt(1);
    node.sink().acknowledgeAt(1);
    world.request(keys.get(3));
    node.turn();

    // then
    assertThat(publishedSeq()).isEqualTo(1);

    // when
    node.sink().let();
    world.clock.tick(Duration.ofSeconds(2));
    node.turn();

    // then
    assertThat(publishedSeq()).isEqualTo(4);
  }

  @Test
  void shouldRideAlong_whenThereIsAnotherBatch() {
    // given
    Node node = node();
    world.request(keys.get(0));
    node.turn();
    node.sink().let();
    int commits = world.heard.commits;
    node.turn();
    assertThat(world.heard.commits).isEqualTo(commits);

    // when
    world.request(keys.get(1));
    node.turn();

    // then
    assertThat(publishedSeq()).isEqualTo(1);
    assertThat(world.heard.commits).isEqualTo(commits + 1);
  }

  @Test
  void shouldBeSavedOnce_whenTheShardFallsSilent() {
    // given
    Node node = node();
    world.request(keys.get(0));
    node.turn();
    node.sink().let();

    // when
    world.clock.tick(Duration.ofMillis(1_001));
    node.turn();

    // then
    assertThat(publishedSeq()).isEqualTo(1);
    int commits = world.heard.commits;
    world.clock.tick(Duration.ofMillis(5_000));
    node.turns(3);
    assertThat(world.heard.commits).isEqualTo(commits);
  }

  @Test
  void shouldBeSaved_whenTheShardIsReleased() {
    // given
    Node node = node();
    world.request(keys.get(0));
    node.turn();
    node.sink().let();

    // when
    node.lane().release(SHARD, () -> {});
    node.turn();

    // then
    assertThat(publishedSeq()).isEqualTo(1);
    assertThat(republished()).isEmpty();
  }

  @Test
  void shouldBeSaved_whenTheLaneIsClosed() {
    // given
    Node node = node();
    world.request(keys.get(0));
    node.turn();
    node.sink().let();

    // when
    node.lane().close();

    // then
    assertThat(publishedSeq()).isEqualTo(1);
    assertThat(node.sink().isClosed()).isTrue();
    assertThat(node.source().isClosed()).isTrue();
    assertThat(republished()).isEmpty();
  }

  @Test
  void shouldPublishAgainExactlyWhatLiesAbove_whenAnotherTakesOver() {
    // given
    Node former = nodeWithThreeTransitions();
    List<OutgoingMessage> first = List.copyOf(former.sink().handedOver());
    former.sink().acknowledge(2);
    world.request(keys.get(3));
    former.turn();
    List<OutgoingMessage> all = List.copyOf(former.sink().handedOver());

    // when
    List<OutgoingMessage> again = republished();

    // then
    assertThat(publishedSeq()).isEqualTo(1);
    assertThat(World.ids(again)).isEqualTo(World.ids(all).subList(2, 8)).doesNotHaveDuplicates();
    for (int i = 0; i < again.size(); i++) {
      OutgoingMessage former1 = all.get(i + 2);
      assertThat(again.get(i).topic()).isEqualTo(former1.topic());
      assertThat(again.get(i).key()).isEqualTo(former1.key());
      assertThat(again.get(i).headers()).isEqualTo(former1.headers());
      assertThat(again.get(i).value()).isEqualTo(former1.value());
    }
    assertThat(first).hasSize(6);
  }

  @Test
  void shouldPublishAgainFromTheGap_whenAMessageIsGivenUp() {
    // given
    Node node = nodeWithThreeTransitions();
    List<String> all = World.ids(node.sink().handedOver());
    node.sink().acknowledge(2);

    // when
    node.sink().giveUp();
    node.turn();
    node.sink().handedOver().clear();
    node.turns(2);

    // then
    assertThat(node.sink().startOvers()).isEqualTo(1);
    assertThat(World.ids(node.sink().handedOver())).isEqualTo(all);
    node.sink().let();
    world.clock.tick(Duration.ofSeconds(2));
    node.turn();
    assertThat(publishedSeq()).isEqualTo(3);
  }

  @Test
  void shouldNotBeMovedByReceiptsFromBefore_whenItHasStartedOver() {
    // given
    Node node = nodeWithThreeTransitions();
    node.sink().giveUp();
    world.journal.setAway(true);
    node.turns(2);
    world.journal.setAway(false);
    node.turns(1);

    // then: what waits now is what was sent again
    assertThat(node.sink().waiting()).isEqualTo(6);
    world.clock.tick(Duration.ofSeconds(2));
    node.turn();
    assertThat(publishedSeq()).isZero();
  }

  /** What a new owner hands over before anything comes in. */
  private List<OutgoingMessage> republished() {
    Node next = world.node("next");
    next.sink().hold();
    next.claim(SHARD).turn();
    return List.copyOf(next.sink().handedOver());
  }
}
