package io.skald.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.skald.machine.JournalEntry.InputIgnored;
import io.skald.machine.JournalEntry.SagaParked;
import io.skald.machine.Trips.Do;
import io.skald.machine.Trips.Trip;
import io.skald.saga.Saga;
import io.skald.saga.SagaDefinition;
import io.skald.saga.message.SagaId;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** L10, the machine's part: a saga is pinned, and parks while its definition is missing. */
class L10DefinitionsDoNotDriftTest {

  private Rehearsal trip = new Rehearsal(Trips.trip());

  @BeforeEach
  void start() {
    trip = Rehearsal.started(Trips.trip());
  }

  @Test
  void shouldRememberItsDefinition_whenStarted() {
    assertThat(trip.state().core().definition()).isEqualTo("trip");
    assertThat(trip.state().core().version()).isEqualTo(1);
    assertThat(trip.state().core().fingerprint()).isEqualTo(Trips.trip().fingerprint());
  }

  @Test
  void shouldPark_whenItsDefinitionIsMissing() {
    // when
    Decision decision = trip.giveWithoutDefinition(new Input.TimerFired("t"));
    // then
    assertThat(decision.verdict()).isEqualTo(new Verdict.Applied());
    assertThat(trip.state())
        .isInstanceOfSatisfying(
            SagaState.Parked.class,
            parked -> {
              assertThat(parked.reason()).isEqualTo(ParkReason.DEFINITION_MISSING);
              assertThat(parked.problem().message()).contains("trip v1");
            });
  }

  @Test
  void shouldGoOn_whenItsDefinitionIsBack() {
    // given
    trip.giveWithoutDefinition(new Input.TimerFired("t"));
    // when
    trip.resume();
    trip.succeed("hotel");
    // then
    assertThat(trip.sent()).containsExactly("hotel", "hotel", "insurance");
  }

  @Test
  void shouldParkAndSayThatTheRequestIsLost_whenCancelledWithoutItsDefinition() {
    // when
    Decision decision =
        trip.giveWithoutDefinition(new Input.CancelRequested("c", "ann", "changed her mind"));
    // then
    assertThat(decision.verdict()).isEqualTo(new Verdict.Ignored(IgnoreReason.PARKED));
    assertThat(trip.entries(SagaParked.class)).hasSize(1);
    assertThat(trip.entries(InputIgnored.class)).hasSize(1);
  }

  @Test
  void shouldTellARepeatedStartFromAConflictingOne_whenItsDefinitionIsMissing() {
    // when
    Decision same = trip.giveWithoutDefinition(start("T-1"));
    Decision other = trip.giveWithoutDefinition(start("T-2"));
    // then
    assertThat(same.verdict()).isEqualTo(new Verdict.Ignored(IgnoreReason.REPEATED_START));
    assertThat(other.verdict()).isEqualTo(new Verdict.Ignored(IgnoreReason.CONFLICTING_START));
    assertThat(trip.status()).isEqualTo(SagaStatus.RUNNING);
  }

  @Test
  void shouldWriteNothing_whenTimersFireForASagaThatIsParkedOrEnded() {
    // given
    trip.giveWithoutDefinition(new Input.TimerFired("t"));
    // when, then
    assertThat(trip.giveWithoutDefinition(new Input.TimerFired("t")).transition()).isEmpty();
    trip.giveWithoutDefinition(new Input.AbortRequested("a", "bob", "beyond mending"));
    assertThat(trip.status()).isEqualTo(SagaStatus.ABORTED);
    assertThat(trip.giveWithoutDefinition(new Input.TimerFired("t")).transition()).isEmpty();
    assertThat(
            trip.giveWithoutDefinition(new Input.ResumeRequested("r", "bob", "mended")).verdict())
        .isEqualTo(new Verdict.Ignored(IgnoreReason.TERMINAL));
  }

  @Test
  void shouldEnd_whenAbortedWithoutItsDefinition() {
    // when
    trip.giveWithoutDefinition(new Input.AbortRequested("a", "bob", "beyond mending"));
    // then
    assertThat(trip.status()).isEqualTo(SagaStatus.ABORTED);
  }

  @Test
  void shouldNotDecide_whenGivenAnotherVersionThanItIsPinnedTo() {
    // given
    SagaDefinition<Trip> newer =
        Saga.define("trip", 2, Trip.class)
            .startedByApi()
            .pivot("hotel", Trips.HOTEL, Do.class, t -> new Do(t.id(), "hotel"))
            .build();
    SagaMachine machine = new SagaMachine(Rehearsal.CODEC);
    Moment moment = new Moment(trip.now(), 0);
    Optional<SagaState> state = Optional.of(trip.state());
    // when, then
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> machine.decide(newer, Rehearsal.SAGA, state, new Input.TimerFired("t"), moment))
        .withMessageContaining("trip v1")
        .withMessageContaining("trip v2");
    assertThat(machine.decide(newer, Rehearsal.SAGA, state, start("T-1"), moment).verdict())
        .isEqualTo(new Verdict.Ignored(IgnoreReason.REPEATED_START));
  }

  @Test
  void shouldNotDecide_whenGivenTheStateOfAnotherSaga() {
    // given
    SagaId other = SagaId.forKey("trip", "T-2");
    SagaMachine machine = new SagaMachine(Rehearsal.CODEC);
    Moment moment = new Moment(Instant.EPOCH, 0);
    Optional<SagaState> state = Optional.of(trip.state());
    // when, then
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> machine.decide(Trips.trip(), other, state, new Input.TimerFired("t"), moment));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> machine.decide(Trips.trip(), other, Optional.empty(), start("T-1"), moment));
  }

  private static Input start(String trip) {
    return new Input.StartRequested(
        "s", Rehearsal.SAGA, "T-1", Rehearsal.CODEC.encode(Trip.named(trip)));
  }
}
