package io.skald.orchestrator.lane;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import io.skald.saga.Exclusive;
import io.skald.saga.Retry;
import io.skald.saga.Saga;
import io.skald.saga.SagaDefinition;
import io.skald.saga.message.Command;
import io.skald.saga.message.Participant;
import io.skald.saga.message.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The sagas of this package's tests: hotel and flight can be undone, payment is the pivot. */
public final class Trips {

  public static final Topic REQUESTS = Topic.of("trip-requests");
  public static final Participant HOTEL = Participant.named("hotel");
  public static final Participant FLIGHT = Participant.named("flight");
  public static final Participant BANK = Participant.named("bank");

  public static final Duration TIMEOUT = ofSeconds(10);

  /** Three attempts, one second apart. */
  public static final Retry THRICE = Retry.fixed(ofSeconds(1)).maxAttempts(3);

  /** A trip of this name makes a function of the definition throw. */
  public static final String BROKEN = "broken";

  /** A trip of this name has nothing to do where the story lets it choose. */
  public static final String EMPTY = "empty";

  private Trips() {}

  public record TripRequested(String trip) {}

  /** What a trip carries along: the receipts of what is booked. */
  public record Trip(String id, List<String> receipts) {

    public static Trip of(TripRequested requested) {
      return new Trip(requested.trip(), List.of());
    }

    public Trip with(Done done) {
      List<String> all = new ArrayList<>(receipts);
      all.add(done.receipt());
      return new Trip(id, List.copyOf(all));
    }
  }

  public record Do(String trip, String step) implements Command<Done> {}

  public record Done(String receipt) {}

  public record Undo(String trip, String step) implements Command<Undone> {}

  public record Undone() {}

  /** hotel, flight, payment (pivot), ticket; no deadline. */
  public static SagaDefinition<Trip> trip() {
    return trip(1);
  }

  public static SagaDefinition<Trip> trip(int version) {
    return undoable(undoable(head("trip", version), "hotel", HOTEL), "flight", FLIGHT)
        .pivot("payment", BANK, Do.class, t -> new Do(t.id(), "payment"))
        .timeout(TIMEOUT)
        .retry(THRICE)
        .onReply(Trip::with)
        .then("ticket", FLIGHT, Do.class, t -> new Do(t.id(), "ticket"))
        .timeout(TIMEOUT)
        .retry(THRICE.unlimited())
        .build();
  }

  /**
   * Of a key one at a time: hotel, which can be undone. A trip of the name {@link #EMPTY} has
   * nothing to do.
   */
  public static SagaDefinition<Trip> solo(Exclusive second) {
    return head("solo", 1)
        .exclusive(second)
        .when("any", t -> !t.id().equals(EMPTY), then -> undoable(then, "hotel", HOTEL))
        .build();
  }

  /** One step that waits for a year. */
  public static SagaDefinition<Trip> patient() {
    return Saga.define("patient", 1, Trip.class)
        .startedByApi()
        .step("hotel", HOTEL, Do.class, t -> new Do(t.id(), "hotel"))
        .timeout(Duration.ofDays(365))
        .nothingToCompensate()
        .build();
  }

  private static Saga.Started<Trip> head(String name, int version) {
    return Saga.define(name, version, Trip.class)
        .startedBy(REQUESTS, TripRequested.class, TripRequested::trip, Trip::of)
        .deadline(ofMinutes(50));
  }

  private static Saga.BeforePivot<Trip> undoable(
      Saga.BeforePivot<Trip> before, String name, Participant participant) {
    return before
        .step(name, participant, Do.class, t -> doing(t, name))
        .timeout(TIMEOUT)
        .retry(THRICE)
        .compensationRetry(Retry.fixed(ofSeconds(1)).unlimited())
        .onReply(Trip::with)
        .compensate(Undo.class, t -> new Undo(t.id(), name));
  }

  private static Do doing(Trip trip, String step) {
    if (trip.id().startsWith(BROKEN)) {
      throw new IllegalStateException("a defect of the definition");
    }
    return new Do(trip.id(), step);
  }
}
