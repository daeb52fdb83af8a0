package io.skald.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.skald.machine.Trips.Do;
import io.skald.machine.Trips.Trip;
import io.skald.machine.Trips.Undo;
import io.skald.machine.Trips.UndoBlind;
import io.skald.saga.SagaDefinition;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** One story for each item, with replies and compensations of its own. */
class ForEachTest {

  /** A room for each of the trip's receipts at the start, two at once; then dinner. */
  private static SagaDefinition<Trip> rooms(int atOnce) {
    return Trips.undoable(
            Trips.head()
                .forEach(
                    "guests",
                    String.class,
                    Trip::receipts,
                    guest -> guest,
                    atOnce,
                    p ->
                        p.step(
                                "room",
                                Trips.HOTEL,
                                Do.class,
                                each -> new Do(each.data().id(), "room for " + each.item()))
                            .onReply((each, done) -> each.with(each.data().with(done)))
                            .retry(Trips.THRICE)
                            .compensate(
                                Undo.class,
                                (each, done) ->
                                    new Undo(each.data().id(), each.item(), done.receipt()),
                                UndoBlind.class,
                                each -> new UndoBlind(each.data().id(), each.item()))),
            "dinner",
            Trips.HOTEL)
        .build();
  }

  private static Rehearsal started(SagaDefinition<Trip> definition, String... guests) {
    Rehearsal trip = new Rehearsal(definition);
    trip.start(new Trip("T-1", List.of(guests)));
    return trip;
  }

  @Test
  void shouldHaveAStepForEachItem_whenTheStoryComesToIt() {
    // when
    Rehearsal trip = started(rooms(10), "ann", "bob");
    // then
    assertThat(trip.sent()).containsExactly("room/ann", "room/bob");
    assertThat(trip.commands().getFirst().payload()).contains("room for ann");
    assertThat(Rehearsal.keyOf(trip.commands().getFirst()).toString()).endsWith("/room/ann/action");
  }

  @Test
  void shouldGoOn_whenAllItemsAreDone() {
    // given
    Rehearsal trip = started(rooms(10), "ann", "bob");
    // when
    trip.succeed("room/bob");
    trip.succeed("room/ann");
    // then
    assertThat(trip.sent()).endsWith("dinner");
    assertThat(trip.data().receipts())
        .containsExactly("ann", "bob", "receipt of room/bob", "receipt of room/ann");
  }

  @Test
  void shouldGoOnAtOnce_whenThereAreNoItems() {
    assertThat(started(rooms(10)).sent()).containsExactly("dinner");
  }

  @Test
  void shouldHaveFewUnderWay_whenThereAreMoreItems() {
    // given
    Rehearsal trip = started(rooms(2), "ann", "bob", "cid", "dan");
    assertThat(trip.sent()).containsExactly("room/ann", "room/bob");
    // when
    trip.succeed("room/bob");
    // then
    assertThat(trip.sent()).containsExactly("room/ann", "room/bob", "room/cid");
  }

  @Test
  void shouldUndoEachItemByItsOwnReply_whenOneIsRefused() {
    // given
    Rehearsal trip = started(rooms(10), "ann", "bob", "cid");
    trip.succeed("room/ann");
    // when
    trip.reject("room/bob");
    trip.succeed("room/cid");
    // then
    assertThat(trip.sent()).endsWith("-room/ann", "-room/cid");
    assertThat(trip.commands().getLast().payload()).contains("cid", "receipt of room/cid");
    // when
    trip.undo("room/cid");
    trip.undo("room/ann");
    // then
    assertThat(trip.status()).isEqualTo(SagaStatus.COMPENSATED);
  }

  @Test
  void shouldUndoFewAtOnce_whenThereIsALimit() {
    // given
    Rehearsal trip = started(rooms(1), "ann", "bob");
    trip.succeed("room/ann");
    trip.succeed("room/bob");
    // when
    trip.reject("dinner");
    // then
    assertThat(trip.sent()).endsWith("dinner", "-room/ann");
    // when
    trip.undo("room/ann");
    // then
    assertThat(trip.sent()).endsWith("-room/ann", "-room/bob");
  }

  @Test
  void shouldKeepItsItems_whenTheDataHasOthersMeanwhile() {
    // given
    Rehearsal trip = started(rooms(1), "ann", "bob");
    // when the receipt of ann's room is folded into what the items are made from
    trip.succeed("room/ann");
    trip.succeed("room/bob");
    // then
    assertThat(trip.sent()).containsExactly("room/ann", "room/bob", "dinner");
  }

  @Test
  void shouldHoldHundredsOfItems() {
    // given
    String[] guests = new String[300];
    for (int i = 0; i < guests.length; i++) {
      guests[i] = "guest " + i;
    }
    Rehearsal trip = started(rooms(50), guests);
    assertThat(trip.sent()).hasSize(50);
    // when
    for (String guest : guests) {
      trip.succeed("room/" + guest);
    }
    // then
    assertThat(trip.sent()).hasSize(301).endsWith("dinner");
  }

  @Test
  void shouldPark_whenTwoItemsHaveOneKey() {
    // when
    Rehearsal trip = started(rooms(2), "ann", "ann");
    // then
    assertThat(trip.status()).isEqualTo(SagaStatus.PARKED);
    assertThat(((SagaState.Parked) trip.state()).problem().message())
        .contains("different keys", "'ann' twice");
  }

  @Test
  void shouldPark_whenAKeyCanNotAddressAnything() {
    // when
    Rehearsal trip = started(rooms(2), "ann/bob");
    // then
    assertThat(trip.status()).isEqualTo(SagaStatus.PARKED);
    assertThat(((SagaState.Parked) trip.state()).problem().message()).contains("'ann/bob'");
  }

  @Test
  void shouldTakeAThousandItems_andParkWithOneMore() {
    // given
    String[] thousand = IntStream.range(0, 1_000).mapToObj(i -> "g" + i).toArray(String[]::new);
    // when, then
    assertThat(started(rooms(10), thousand).sent()).hasSize(10);
    // when
    Rehearsal more =
        started(
            rooms(10), Stream.concat(Stream.of(thousand), Stream.of("x")).toArray(String[]::new));
    // then
    assertThat(more.status()).isEqualTo(SagaStatus.PARKED);
  }

  @Test
  void shouldPark_whenTheItemsAreTooLarge() {
    // given: data of half the limit, of which each receipt becomes an item twice as long
    SagaDefinition<Trip> bloated =
        Trips.undoable(
                Trips.head()
                    .forEach(
                        "guests",
                        String.class,
                        t -> t.receipts().stream().map(r -> r.repeat(3)).toList(),
                        guest -> guest.substring(0, 1),
                        10,
                        p ->
                            p.step(
                                    "room",
                                    Trips.HOTEL,
                                    Do.class,
                                    each -> new Do(each.data().id(), each.item()))
                                .nothingToCompensate()),
                "dinner",
                Trips.HOTEL)
            .build();
    // when
    Rehearsal trip = started(bloated, "a".repeat(50_000), "b".repeat(50_000));
    // then
    assertThat(trip.status()).isEqualTo(SagaStatus.PARKED);
    assertThat(trip.sent()).isEmpty();
  }
}
