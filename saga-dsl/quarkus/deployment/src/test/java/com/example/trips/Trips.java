package com.example.trips;

import io.skald.saga.Saga;
import io.skald.saga.SagaDefinition;
import io.skald.saga.message.Command;
import io.skald.saga.message.Participant;
import io.skald.saga.message.Topic;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;

/** A definition, and what it reads and writes. */
public final class Trips {

  /** As every second class has it; no reason to register what it is the log of. */
  private static final Logger LOG = Logger.getLogger(Trips.class);

  private static final String NAME = Trips.class.getSimpleName();

  private Trips() {}

  public static SagaDefinition<Trip> definition() {
    LOG.debug(NAME);
    Participant rooms = Participant.named("rooms");
    // spotless:off
    return Saga.define("trip", 1, Trip.class)
        .startedBy(
            Topic.of("trip-events"),
            TripWanted.class,
            TripWanted::id,
            wanted -> new Trip(wanted.id(), List.of(), new Stays()))
        .step("room", rooms, BookRoom.class, trip -> new BookRoom(trip.id()))
        .compensate(CancelRoom.class, trip -> new CancelRoom(trip.id()))
        .await("approval", Approval.class, Duration.ofHours(1), (trip, approval) -> trip)
        .build();
    // spotless:on
  }

  public record Trip(String id, List<Leg> legs, Stays stays) {}

  /** What it holds, only its superclass says. */
  public static final class Stays extends Page<Night> {}

  public static class Page<T> {
    public List<T> items = List.of();
  }

  public record Night(String hotel) {}

  /** Of several kinds, which no definition names. */
  public sealed interface Leg permits Flight, Train {}

  public record Flight(String number) implements Leg {}

  public record Train(Seat[] seats) implements Leg {}

  public record Seat(int number) {}

  public record TripWanted(String id) {}

  public record BookRoom(String id) implements Command<RoomBooked> {}

  public record RoomBooked(String room) {}

  public record CancelRoom(String id) implements Command<RoomCancelled> {}

  public record RoomCancelled(String id) {}

  public record Approval(boolean granted) {}

  /** Of a participant: no definition names it. */
  public record PrintTicket(String id) implements Command<TicketPrinted> {}

  public record TicketPrinted(String id) {}

  /** Named here, and in nothing to do with sagas. */
  public record Unrelated(String id) {}

  public static final class Elsewhere {
    public static final Class<?> NAMED = Unrelated.class;

    private Elsewhere() {}
  }
}
