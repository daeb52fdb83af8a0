package io.skald.orchestrator.lane;

import static io.skald.saga.message.Outcome.SUCCEEDED;
import static org.assertj.core.api.Assertions.assertThat;

import io.skald.machine.IgnoreReason;
import io.skald.machine.SagaStatus;
import io.skald.machine.Verdict;
import io.skald.orchestrator.lane.World.Node;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The same start is the same saga. */
class StartsTest {

  private final World world = new World();

  private List<Verdict> verdicts() {
    return world.heard.decided.stream().map(RecordingListener.Heard::verdict).toList();
  }

  @Test
  void shouldStartOnce_whenTheEventComesAgain() {
    // given
    Node node = world.lane();

    // when
    world.request("T-1");
    world.request("T-1");
    node.turn();
    world.request("T-1");
    node.turn();

    // then
    assertThat(world.sent("T-1")).containsExactly("hotel");
    assertThat(verdicts())
        .containsExactly(
            new Verdict.Applied(),
            new Verdict.Ignored(IgnoreReason.REPEATED_START),
            new Verdict.Ignored(IgnoreReason.REPEATED_START));
  }

  @Test
  void shouldSayConflicting_whenTheSameSagaIsStartedWithOtherData() {
    // given
    Node node = world.lane();

    // when
    world.startByApi("trip", World.id("T-1"), "T-1", new Trips.Trip("T-1", List.of()));
    world.startByApi("trip", World.id("T-1"), "T-1", new Trips.Trip("T-2", List.of()));
    node.turn();

    // then
    assertThat(verdicts())
        .containsExactly(
            new Verdict.Applied(), new Verdict.Ignored(IgnoreReason.CONFLICTING_START));
    assertThat(world.sent("T-1")).containsExactly("hotel");
  }

  @Test
  void shouldStayOnItsVersion_whenStartedAgainAfterADeploy() {
    // given
    world.lane();
    Node before = world.lane();
    world.request("T-1");
    before.turn();

    // when
    world.with(Trips.trip(1), Trips.trip(2));
    Node after = world.lane();
    world.request("T-1");
    world.request("T-2");
    after.turn();

    // then
    assertThat(world.saga("T-1").core().version()).isEqualTo(1);
    assertThat(world.saga("T-2").core().version()).isEqualTo(2);
    assertThat(world.sent("T-1")).containsOnly("hotel");
  }

  @Test
  void shouldTellWhoWaits_whenASagaToCancelDoesNotExist() {
    // given
    Node node = world.lane();

    // when
    world.ask("CancelSaga", "T-1");
    node.turn();

    // then
    assertThat(verdicts()).singleElement().isInstanceOf(Verdict.Refused.class);
    assertThat(world.heard.deadLetters).hasSize(1);
  }

  @Test
  void shouldTellWhenItEnds() {
    // given
    Node node = world.lane();
    world.request("T-1");
    node.turn();

    // when
    for (String step : List.of("hotel", "flight", "payment", "ticket")) {
      world.reply("T-1", step, SUCCEEDED);
      node.turn();
    }

    // then
    assertThat(world.status("T-1")).isEqualTo(SagaStatus.COMPLETED);
    assertThat(world.heard.ended).containsExactly(World.id("T-1"));
    assertThat(world.lifecycle("T-1"))
        .containsExactly(
            "SagaStarted",
            "StepSucceeded",
            "StepSucceeded",
            "StepSucceeded",
            "StepSucceeded",
            "SagaCompleted");
  }
}
