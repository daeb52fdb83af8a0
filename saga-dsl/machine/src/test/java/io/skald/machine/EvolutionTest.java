package io.skald.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.skald.machine.JournalEntry.SagaAborted;
import io.skald.machine.JournalEntry.SagaCompensated;
import io.skald.machine.JournalEntry.SagaCompensating;
import io.skald.machine.JournalEntry.SagaCompleted;
import io.skald.machine.JournalEntry.SagaResumed;
import io.skald.machine.JournalEntry.StepCompensated;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.StepName;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EvolutionTest {

  private final Rehearsal trip = Rehearsal.started(Trips.trip());

  @Test
  void shouldRebuildTheState_whenTheWholeJournalIsReplayed() {
    // given
    trip.succeed("hotel");
    trip.wake();
    trip.cancel();
    trip.undo("hotel");
    // when
    Optional<SagaState> replayed = Optional.empty();
    for (Transition transition : trip.journal()) {
      replayed = Optional.of(Evolution.apply(replayed, transition));
    }
    // then
    assertThat(replayed).contains(trip.state());
  }

  @Test
  void shouldRefuse_whenATransitionIsMissingOrAnotherSagas() {
    // given
    trip.succeed("hotel");
    Transition second = trip.journal().get(1);
    // when, then
    assertThatIllegalStateException()
        .isThrownBy(() -> Evolution.apply(Optional.empty(), second))
        .withMessageContaining("Expected transition 1");
    assertThatIllegalStateException()
        .isThrownBy(() -> Evolution.apply(Optional.of(trip.state()), second))
        .withMessageContaining("Expected transition 3");
    Transition foreign =
        new Transition(
            SagaId.forKey("trip", "T-2"), 3, second.at(), second.cause(), second.entries());
    assertThatIllegalStateException()
        .isThrownBy(() -> Evolution.apply(Optional.of(trip.state()), foreign));
  }

  @Test
  void shouldRefuse_whenAnEntryDoesNotFollowOnTheState() {
    JournalEntry back =
        new SagaCompensating(
            CompensationCause.CANCELLED, Optional.empty(), Optional.empty(), Optional.empty());
    assertMisplaced(trip.journal().getFirst().entries().getFirst());
    assertMisplaced(new SagaResumed("bob", "mended"));
    assertMisplaced(new SagaCompensated());
    trip.cancel();
    assertMisplaced(new SagaCompleted());
    assertMisplaced(back);
    trip.undo("hotel");
    assertMisplaced(back);
    assertMisplaced(new SagaAborted("bob", "late"));
    assertMisplaced(new StepCompensated(new StepName("hotel"), 1));
    assertThatIllegalStateException()
        .isThrownBy(
            () -> Evolution.apply(Optional.empty(), new SagaCompleted(), 1, Rehearsal.START))
        .withMessageContaining("SagaStarted");
  }

  @Test
  void shouldBeRefused_whenATransitionHasNoEntries() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Transition(Rehearsal.SAGA, 1, Rehearsal.START, "m1", List.of()));
  }

  private void assertMisplaced(JournalEntry entry) {
    long next = trip.state().core().seq() + 1;
    assertThatIllegalStateException()
        .isThrownBy(() -> Evolution.apply(Optional.of(trip.state()), entry, next, Rehearsal.START))
        .withMessageContaining("never to meet");
  }
}
