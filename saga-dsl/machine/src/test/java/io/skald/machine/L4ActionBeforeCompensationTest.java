package io.skald.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.skald.machine.JournalEntry.CommandIssued;
import io.skald.saga.message.Phase;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * L4: action and compensation of a step go to the same topic under the same key, in this order. The
 * key is the saga's, so the machine's part is the participant and the order.
 */
class L4ActionBeforeCompensationTest {

  @Test
  void shouldAskTheSameParticipant_whenAStepIsUndone() {
    // given
    Rehearsal trip = Rehearsal.started(Trips.trip());
    trip.succeed("hotel");
    trip.succeed("insurance");
    trip.succeed("flight");
    trip.reject("payment");
    trip.undo("flight");
    // then
    for (String step : List.of("hotel", "flight")) {
      assertThat(trip.commands(step, Phase.COMPENSATION))
          .singleElement()
          .extracting(CommandIssued::participant)
          .isEqualTo(trip.commands(step, Phase.ACTION).getFirst().participant());
    }
  }

  @Test
  void shouldNeverIssueTheActionAgain_whenItsCompensationWasIssued() {
    // given an action with two attempts under way
    Rehearsal trip = Rehearsal.started(Trips.trip());
    trip.wake();
    trip.wake();
    trip.cancel();
    // when its compensation is given up, and resumed, and given up again
    for (int i = 0; i < 2; i++) {
      trip.timeOut("hotel", Phase.COMPENSATION);
      assertThat(trip.status()).isEqualTo(SagaStatus.PARKED);
      trip.resume();
    }
    trip.undo("hotel");
    // then
    int lastAction = trip.sent().lastIndexOf("hotel");
    int firstCompensation = trip.sent().indexOf("-hotel");
    assertThat(lastAction).isLessThan(firstCompensation);
    assertThat(trip.sent()).startsWith("hotel", "hotel", "-hotel");
    assertThat(trip.status()).isEqualTo(SagaStatus.COMPENSATED);
  }
}
