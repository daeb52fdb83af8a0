package io.skald.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.skald.machine.JournalEntry.CommandIssued;
import io.skald.machine.Trips.Done;
import io.skald.machine.Trips.Trip;
import io.skald.saga.message.MessageType;
import io.skald.saga.message.Outcome;
import io.skald.saga.message.Phase;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** L1: a command leaves only after the transition that decided it is committed. */
class L1DurableFirstTest {

  @Test
  void shouldSendWhatTheTransitionSays_whenStepIsIssued() {
    // given
    Rehearsal trip = new Rehearsal(Trips.trip());
    // when
    Decision decision = trip.start(Trip.named("T-1"));
    // then
    assertThat(decision.transition().orElseThrow().entries())
        .filteredOn(CommandIssued.class::isInstance)
        .map(CommandIssued.class::cast)
        .singleElement()
        .satisfies(
            command -> {
              assertThat(command.step()).hasToString("hotel");
              assertThat(command.participant()).isEqualTo(Trips.HOTEL);
              assertThat(command.command()).isEqualTo(new MessageType("Do", 1));
              assertThat(command.payload()).isEqualTo("{\"trip\":\"T-1\",\"step\":\"hotel\"}");
            });
  }

  @Test
  void shouldHaveNoOtherDoorForMessages_whenADecisionIsMade() {
    // A message that is not an entry of the transition could leave before it is journaled.
    assertThat(Arrays.stream(Decision.class.getRecordComponents()).map(RecordComponent::getName))
        .containsExactly("verdict", "state", "transition");
  }

  @Test
  void shouldJournalEachAttempt_whenStepIsTriedAgainAndUndone() {
    // given
    Rehearsal trip = Rehearsal.started(Trips.trip());
    trip.succeed("hotel");
    trip.succeed("insurance");
    // when
    trip.fail("flight");
    trip.wake();
    trip.reject("flight");
    // then
    assertThat(trip.sent()).containsExactly("hotel", "insurance", "flight", "flight", "-hotel");
    assertThat(trip.commands("flight", Phase.ACTION))
        .map(command -> command.attempts().number())
        .containsExactly(1, 2);
  }

  @Test
  void shouldDecideTheSameAgain_whenTheFirstDecisionWasNeverCommitted() {
    // given
    SagaMachine machine = new SagaMachine(Rehearsal.CODEC);
    Moment moment = new Moment(Rehearsal.START, 0.25);
    Input start =
        new Input.StartRequested(
            "m1", Rehearsal.SAGA, "T-1", Rehearsal.CODEC.encode(Trip.named("T-1")));
    // when
    Decision lost = machine.decide(Trips.trip(), Rehearsal.SAGA, Optional.empty(), start, moment);
    Decision kept = machine.decide(Trips.trip(), Rehearsal.SAGA, Optional.empty(), start, moment);
    // then
    assertThat(kept).isEqualTo(lost);
  }

  @Test
  void shouldSendNothing_whenInputIsIgnoredOrRefused() {
    // given
    Rehearsal trip = Rehearsal.started(Trips.trip());
    trip.succeed("hotel");
    int sent = trip.commands().size();
    // when
    trip.reply("hotel", Phase.ACTION, 1, Outcome.SUCCEEDED);
    trip.fire();
    trip.start(Trip.named("T-2"));
    trip.replyFrom(Trips.BANK, "insurance", MessageType.of(Done.class), "{}");
    // then
    assertThat(trip.commands()).hasSize(sent);
  }
}
