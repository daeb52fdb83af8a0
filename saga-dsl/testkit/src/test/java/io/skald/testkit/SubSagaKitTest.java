package io.skald.testkit;

import io.skald.machine.CompensationCause;
import io.skald.machine.SagaStatus;
import io.skald.saga.Saga;
import io.skald.saga.SagaDefinition;
import io.skald.saga.message.Command;
import io.skald.saga.message.Participant;
import org.junit.jupiter.api.Test;

/** A step that is a saga of its own is played like one that a participant does. */
class SubSagaKitTest {

  private static final Participant HOTEL = Participant.named("hotel");

  record Trip(String id, String room) {}

  record Stay(String trip, String room) {}

  record Book(String trip) implements Command<Booked> {}

  record Booked(String room) {}

  record Cancel(String trip) implements Command<Cancelled> {}

  record Cancelled() {}

  private static final SagaDefinition<Stay> STAY =
      Saga.define("stay", 1, Stay.class)
          .startedByApi()
          .step("book", HOTEL, Book.class, stay -> new Book(stay.trip()))
          .onReply((stay, booked) -> new Stay(stay.trip(), booked.room()))
          .compensate(Cancel.class, stay -> new Cancel(stay.trip()))
          .build();

  private static final SagaDefinition<Trip> TRIP =
      Saga.define("trip", 1, Trip.class)
          .startedByApi()
          .step("taxi", HOTEL, Book.class, trip -> new Book(trip.id()))
          .compensate(Cancel.class, trip -> new Cancel(trip.id()))
          .subSaga("stay", STAY, trip -> new Stay(trip.id(), ""))
          .onEnd((trip, stay) -> new Trip(trip.id(), stay.room()))
          .pivot("pay", HOTEL, Book.class, trip -> new Book(trip.id()))
          .build();

  private static SagaTest<Trip> taken() {
    return SagaTest.of(TRIP).start(new Trip("T-1", "")).succeed("taxi", new Booked("t"));
  }

  @Test
  void shouldFoldTheChildsData_whenItSucceeds() {
    taken()
        .succeed("stay", new Stay("T-1", "12"))
        .expectData(new Trip("T-1", "12"))
        .succeed("pay", new Booked("p"))
        .expectStatus(SagaStatus.COMPLETED);
  }

  @Test
  void shouldUndoTheChild_whenALaterStepIsRefused() {
    taken()
        .succeed("stay", new Stay("T-1", "12"))
        .refuse("pay", "NO_MONEY")
        .compensated("stay")
        .compensated("taxi")
        .expectStatus(SagaStatus.COMPENSATED);
  }

  @Test
  void shouldTurnBack_whenTheChildIsRefused() {
    taken()
        .refuse("stay", "FULL")
        .expectCause(CompensationCause.STEP_REJECTED)
        .compensated("taxi")
        .expectStatus(SagaStatus.COMPENSATED);
  }

  @Test
  void shouldBeLawful_throughEveryFault() {
    FailureMatrix.of(TRIP, new Trip("T-1", "")).run().expectLawful();
  }
}
