package io.skald.orchestrator.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.skald.machine.JournalEntry.SagaParked;
import io.skald.machine.SagaState;
import io.skald.machine.SagaStatus;
import io.skald.orchestrator.lane.World.Node;
import org.junit.jupiter.api.Test;

/** Law L11: user code can't break the engine. */
class UserCodeTest {

  private final World world = new World();

  @Test
  void shouldParkThatSagaAndGoOn_whenAFunctionThrows() {
    // given
    Node node = world.lane();

    // when
    world.request("broken");
    world.request("T-1");
    node.turn();

    // then
    assertThat(world.saga("broken")).isInstanceOf(SagaState.Parked.class);
    assertThat(((SagaState.Parked) world.saga("broken")).problem().message())
        .contains("a defect of the definition");
    assertThat(world.sent("T-1")).containsExactly("hotel");
    assertThat(world.heard.recoveries).isEmpty();
    assertThat(world.lifecycle("broken")).containsExactly("SagaStarted", "SagaParked");
  }

  @Test
  void shouldParkAgain_whenResumedWithoutMending() {
    // given
    Node node = world.lane();
    world.request("broken");
    node.turn();

    // when
    world.ask("ResumeSaga", "broken");
    node.turn();

    // then
    assertThat(world.status("broken")).isEqualTo(SagaStatus.PARKED);
    assertThat(world.entries("broken", SagaParked.class)).hasSize(2);
  }
}
