package io.skald.machine;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import io.skald.saga.Retry;
import io.skald.saga.Saga;
import io.skald.saga.SagaDefinition;
import io.skald.saga.message.Command;
import io.skald.saga.message.Participant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The saga that the law tests look at, and the messages of every saga in this module's tests. */
final class Trips {

  static final Participant HOTEL = Participant.named("hotel-service");
  static final Participant FLIGHT = Participant.named("flight-service");
  static final Participant BANK = Participant.named("bank");

  static final Duration TIMEOUT = ofSeconds(10);
  static final Duration DEADLINE = ofMinutes(5);

  /** Three attempts, one second apart. */
  static final Retry THRICE = Retry.fixed(ofSeconds(1)).maxAttempts(3);

  private Trips() {}

  /** What a trip carries along: the receipts of what is booked. */
  record Trip(String id, List<String> receipts) {

    static Trip named(String id) {
      return new Trip(id, List.of());
    }

    Trip with(Done done) {
      List<String> all = new ArrayList<>(receipts);
      all.add(done.receipt());
      return new Trip(id, List.copyOf(all));
    }
  }

  record Do(String trip, String step) implements Command<Done> {}

  record Done(String receipt) {}

  record Undo(String trip, String step, String receipt) implements Command<Undone> {}

  /** Undoes what may never have happened, so without a receipt. */
  record UndoBlind(String trip, String step) implements Command<Undone> {}

  record Undone() {}

  /**
   * hotel (undoable), insurance (nothing to undo), flight (undoable), payment (pivot), ticket
   * (retriable).
   */
  static SagaDefinition<Trip> trip() {
    return undoable(
            undoable(head(), "hotel", HOTEL)
                .step("insurance", HOTEL, Do.class, t -> new Do(t.id(), "insurance"))
                .timeout(TIMEOUT)
                .retry(THRICE)
                .nothingToCompensate(),
            "flight",
            FLIGHT)
        .pivot("payment", BANK, Do.class, t -> new Do(t.id(), "payment"))
        .timeout(TIMEOUT)
        .retry(THRICE)
        .onReply(Trip::with)
        .then("ticket", FLIGHT, Do.class, t -> new Do(t.id(), "ticket"))
        .timeout(TIMEOUT)
        .retry(THRICE)
        .onReply(Trip::with)
        .build();
  }

  /** The same without a point of no return: hotel and flight. */
  static SagaDefinition<Trip> undoableTrip() {
    return undoable(undoable(head(), "hotel", HOTEL), "flight", FLIGHT).build();
  }

  static Saga.Started<Trip> head() {
    return Saga.define("trip", 1, Trip.class).startedByApi().deadline(DEADLINE);
  }

  static Saga.BeforePivot<Trip> undoable(
      Saga.BeforePivot<Trip> before, String name, Participant participant) {
    return before
        .step(name, participant, Do.class, t -> new Do(t.id(), name))
        .timeout(TIMEOUT)
        .retry(THRICE)
        .compensationRetry(THRICE)
        .onReply(Trip::with)
        .compensate(
            Undo.class,
            (t, done) -> new Undo(t.id(), name, done.receipt()),
            UndoBlind.class,
            t -> new UndoBlind(t.id(), name));
  }
}
