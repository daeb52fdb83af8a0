package io.skald.orchestrator.lane;

import static io.skald.saga.message.Outcome.SUCCEEDED;
import static org.assertj.core.api.Assertions.assertThat;

import io.skald.machine.IgnoreReason;
import io.skald.machine.JournalEntry.InputIgnored;
import io.skald.machine.JournalEntry.SagaResumed;
import io.skald.machine.ParkReason;
import io.skald.machine.SagaState;
import io.skald.machine.SagaStatus;
import io.skald.orchestrator.lane.InMemoryJournal.Fault;
import io.skald.orchestrator.lane.World.Node;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Law L10: sagas wait for their definition and go on when it is back. */
class DefinitionMissingTest {

  private final World world = new World();

  @Test
  void shouldParkAndGoOn_whenTheVersionIsGoneForAWhile() {
    // given
    world.request("T-1");
    world.request("T-2");
    world.lane().turn();

    // when: a process without the version takes over; one saga gets a reply, one a timer
    world.with(Trips.trip(2));
    Node without = world.lane();
    world.reply("T-1", "hotel", SUCCEEDED);
    without.turn();
    world.clock.tick(Trips.TIMEOUT.plusSeconds(20));
    without.turns(3);

    // then
    for (String key : List.of("T-1", "T-2")) {
      assertThat(world.saga(key)).isInstanceOf(SagaState.Parked.class);
      assertThat(((SagaState.Parked) world.saga(key)).reason())
          .isEqualTo(ParkReason.DEFINITION_MISSING);
    }

    // when
    world.with(Trips.trip(1), Trips.trip(2));
    Node with = world.lane();
    with.turns(2);

    // then
    for (String key : List.of("T-1", "T-2")) {
      assertThat(world.status(key)).isEqualTo(SagaStatus.RUNNING);
      world.reply(key, "hotel", SUCCEEDED);
      with.turn();
      assertThat(world.sent(key)).endsWith("flight");
    }
  }

  /** The simulation found it: the reply was passed over, as no definition knew its participant. */
  @Test
  void shouldSayThatAReplyIsLost_whenItIsForwardedToAProcessWithoutTheDefinition() {
    // given: a reply in another shard's partition
    String key = world.keyIn(1);
    world.request(key);
    Node all = world.lane();
    world.reply(key, "hotel", SUCCEEDED);
    all.turn();
    world.replyOn(2, key, world.lastCommand(key, "flight"), SUCCEEDED);

    // when: whoever has that shard forwards it to one that has no definition with flights
    world.node("with").claim(2).turns(2);
    world.with(Trips.patient());
    world.node("without").claim(1).turns(3);

    // then
    assertThat(world.saga(key)).isInstanceOf(SagaState.Parked.class);
    assertThat(world.entries(key, InputIgnored.class))
        .extracting(InputIgnored::reason)
        .containsExactly(IgnoreReason.PARKED);
    assertThat(world.deadLetters()).isEmpty();
  }

  @Test
  void shouldResumeOnce_whenTakingTheNextShardFails() {
    // given: a parked saga in one shard, and in the next one a message that can't leave
    String waiting = world.keyIn(1);
    world.request(waiting);
    world.lane().turn();
    world.with(Trips.trip(2));
    Node without = world.lane();
    world.clock.tick(Trips.TIMEOUT.plusSeconds(20));
    without.turns(3);
    world.clock.tick(Duration.ofSeconds(2));
    without.turn();
    without.sink().hold();
    world.request(world.keyIn(2));
    without.turn();
    world.with(Trips.trip(1), Trips.trip(2));
    Node with = world.node("with");
    with.sink().setAway(true);

    // when
    with.claim(1, 2).turn();
    with.sink().setAway(false);
    with.turns(3);

    // then
    assertThat(world.status(waiting)).isEqualTo(SagaStatus.RUNNING);
    assertThat(world.entries(waiting, SagaResumed.class)).hasSize(1);
    assertThat(world.entries(waiting, InputIgnored.class)).isEmpty();
  }

  @Test
  void shouldResumeOnce_whenTheTurnThatResumesFails() {
    // given
    world.request("T-1");
    world.lane().turn();
    world.with(Trips.trip(2));
    Node without = world.lane();
    world.clock.tick(Trips.TIMEOUT.plusSeconds(20));
    without.turns(3);
    world.with(Trips.trip(1), Trips.trip(2));
    world.journal.failNext(Fault.DONE_BUT_REPORTED_FAILED);

    // when
    world.lane().turns(3);

    // then
    assertThat(world.entries("T-1", SagaResumed.class)).hasSize(1);
    assertThat(world.status("T-1")).isEqualTo(SagaStatus.RUNNING);
  }
}
