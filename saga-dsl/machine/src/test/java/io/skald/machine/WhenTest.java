package io.skald.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.skald.machine.JournalEntry.WayChosen;
import io.skald.machine.Trips.Trip;
import io.skald.saga.SagaDefinition;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The data is asked once which way to go, and the saga goes back the way it came. */
class WhenTest {

  /** Abroad when there are receipts at the start: visa, else bus; then hotel. */
  private static SagaDefinition<Trip> definition() {
    return Trips.undoable(
            Trips.head()
                .when(
                    "abroad",
                    trip -> trip.receipts().size() == 1,
                    p -> Trips.undoable(p, "visa", Trips.BANK),
                    p -> Trips.undoable(p, "bus", Trips.FLIGHT)),
            "hotel",
            Trips.HOTEL)
        .build();
  }

  private static Rehearsal started(String... receipts) {
    Rehearsal trip = new Rehearsal(definition());
    trip.start(new Trip("T-1", List.of(receipts)));
    return trip;
  }

  @Test
  void shouldTakeTheFirstWay_whenTheConditionHolds() {
    assertThat(started("passport").sent()).containsExactly("visa");
  }

  @Test
  void shouldTakeTheOtherWay_whenItDoesNotHold() {
    assertThat(started().sent()).containsExactly("bus");
  }

  @Test
  void shouldGoBackTheWayItCame_whenTheDataSaysOtherwiseMeanwhile() {
    // given
    Rehearsal trip = started();
    trip.succeed("bus");
    // when one receipt has been folded in, and the condition would hold now
    trip.reject("hotel");
    // then
    assertThat(trip.sent()).containsExactly("bus", "hotel", "-bus");
    assertThat(trip.entries(WayChosen.class)).hasSize(1);
  }

  @Test
  void shouldPassOver_whenThereIsNoOtherWay() {
    // given
    SagaDefinition<Trip> definition =
        Trips.undoable(
                Trips.head()
                    .when(
                        "abroad",
                        trip -> !trip.receipts().isEmpty(),
                        p -> Trips.undoable(p, "visa", Trips.BANK)),
                "hotel",
                Trips.HOTEL)
            .build();
    // when, then
    assertThat(Rehearsal.started(definition).sent()).containsExactly("hotel");
  }

  @Test
  void shouldPark_whenTheConditionThrows() {
    // given
    SagaDefinition<Trip> definition =
        Trips.head()
            .when(
                "abroad",
                trip -> trip.receipts().getFirst().isEmpty(),
                p -> Trips.undoable(p, "visa", Trips.BANK))
            .build();
    // when
    Rehearsal trip = Rehearsal.started(definition);
    // then
    assertThat(trip.status()).isEqualTo(SagaStatus.PARKED);
    assertThat(((SagaState.Parked) trip.state()).step().orElseThrow()).hasToString("abroad");
  }
}
