package io.skald.orchestrator.lane;

import static io.skald.saga.message.Outcome.SUCCEEDED;
import static org.assertj.core.api.Assertions.assertThat;

import io.skald.orchestrator.lane.World.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Queues and caches have bounds. */
class BackpressureTest {

  private final World world = new World();

  private static LaneSettings settings(int maxUnacknowledged, int cachedSagas) {
    return new LaneSettings(
        "x",
        100,
        maxUnacknowledged,
        cachedSagas,
        Duration.ofSeconds(10),
        Duration.ofSeconds(1),
        Duration.ofSeconds(1));
  }

  @Test
  void shouldTakeNoMoreInput_whileTooMuchWaitsForKafka() {
    // given
    world.with(settings(5, 100));
    Node node = world.lane();
    node.sink().hold();
    node.source().setMaxRecords(1);
    for (int i = 0; i < 20; i++) {
      world.request("T-" + i);
    }

    // when
    node.turns(20);

    // then: two messages each, so the third went over it
    assertThat(world.journal.sagas()).hasSize(3);
    assertThat(node.lane().turn()).isPositive();
    assertThat(node.lane().isWell()).isTrue();

    // when
    node.sink().let();
    node.turns(20);

    // then
    assertThat(world.journal.sagas()).hasSize(20);
  }

  @Test
  void shouldTakeNoMoreInput_whileTransitionsWithoutMessagesPileUpBehindAMessage() {
    // given
    world.with(settings(5, 100));
    Node node = world.lane();
    world.request("T-1");
    node.turn();
    node.sink().hold();
    world.reply("T-1", "hotel", SUCCEEDED);
    node.turn();
    int waiting = node.sink().waiting();
    node.source().setMaxRecords(1);

    // when: the same reply over and over, of which each stands in the journal
    for (int i = 0; i < 20; i++) {
      world.reply("T-1", "hotel", SUCCEEDED);
    }
    node.turns(25);

    // then
    assertThat(node.sink().waiting()).isEqualTo(waiting);
    assertThat(world.journal.transitions(World.id("T-1"))).hasSizeBetween(6, 8);

    // when
    node.sink().let();
    node.turns(25);

    // then
    assertThat(world.journal.transitions(World.id("T-1"))).hasSize(22);
  }

  @Test
  void shouldStillLetGo_whileTooMuchWaitsForKafka() {
    // given
    world.with(settings(1, 100));
    Node node = world.lane();
    node.sink().hold();
    world.request("T-1");
    world.request("T-2");
    node.turns(2);

    // when
    List<String> released = new ArrayList<>();
    node.lane().release(0, () -> released.add("0"));
    node.turn();

    // then
    assertThat(released).containsExactly("0");
  }

  @Test
  void shouldReadStatesAgain_whenTheyDoNotFitIntoTheCache() {
    // given
    world.with(settings(1_000, 2));
    Node node = world.lane();
    for (int i = 0; i < 6; i++) {
      world.request("T-" + i);
    }
    node.turn();
    int loads = world.journal.loads();

    // when
    for (int i = 0; i < 6; i++) {
      world.reply("T-" + i, "hotel", SUCCEEDED);
    }
    node.turn();

    // then
    assertThat(world.journal.loads() - loads).isEqualTo(4);
    for (int i = 0; i < 6; i++) {
      assertThat(world.sent("T-" + i)).containsExactly("hotel", "flight");
    }
  }

  @Test
  void shouldNotAskAgain_whenTheStateIsInTheCache() {
    // given
    Node node = world.lane();
    world.request("T-1");
    node.turn();
    int loads = world.journal.loads();

    // when
    world.reply("T-1", "hotel", SUCCEEDED);
    node.turn();

    // then
    assertThat(world.journal.loads()).isEqualTo(loads);
  }
}
