package io.skald.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.skald.machine.JournalEntry.CommandIssued;
import io.skald.saga.message.IdempotencyKey;
import io.skald.saga.message.Phase;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** L5: every attempt at a phase is the same request, under the same idempotency key. */
class L5ExactlyOneEffectTest {

  private Rehearsal trip = new Rehearsal(Trips.trip());

  @BeforeEach
  void start() {
    trip = Rehearsal.started(Trips.trip());
  }

  @Test
  void shouldBeTheSameRequest_whenAnActionIsTriedAgain() {
    // when
    trip.fail("hotel");
    trip.wake();
    trip.wake();
    trip.wake();
    // then
    assertThat(trip.commands("hotel", Phase.ACTION)).hasSize(3);
    assertSameRequest(Phase.ACTION);
  }

  @Test
  void shouldBeTheSameRequest_whenACompensationIsTriedAgainAndResumed() {
    // given
    trip.succeed("hotel");
    trip.cancel();
    // when
    trip.timeOut("hotel", Phase.COMPENSATION);
    trip.resume();
    // then
    assertThat(trip.commands("hotel", Phase.COMPENSATION)).hasSize(4);
    assertSameRequest(Phase.COMPENSATION);
  }

  @Test
  void shouldHaveKeysOfTheirOwn_whenPhasesOrStepsDiffer() {
    // given
    trip.succeed("hotel");
    trip.succeed("insurance");
    trip.succeed("flight");
    trip.reject("payment");
    trip.undo("flight");
    trip.undo("hotel");
    // then
    Set<String> keys = new HashSet<>();
    trip.commands().forEach(command -> keys.add(Rehearsal.keyOf(command).toString()));
    assertThat(keys)
        .hasSize(trip.commands().size())
        .contains(Rehearsal.SAGA + "/hotel/action", Rehearsal.SAGA + "/hotel/compensation");
  }

  private void assertSameRequest(Phase phase) {
    assertThat(trip.commands("hotel", phase)).map(Rehearsal::keyOf).containsOnly(hotelKey(phase));
    assertThat(trip.commands("hotel", phase))
        .map(CommandIssued::payload)
        .containsOnly(first(phase).payload());
    assertThat(trip.commands("hotel", phase))
        .map(CommandIssued::command)
        .containsOnly(first(phase).command());
    assertThat(trip.commands("hotel", phase))
        .map(command -> command.attempts().number())
        .isSorted()
        .doesNotHaveDuplicates();
  }

  private CommandIssued first(Phase phase) {
    return trip.commands("hotel", phase).getFirst();
  }

  private IdempotencyKey hotelKey(Phase phase) {
    return Rehearsal.keyOf(first(phase));
  }
}
