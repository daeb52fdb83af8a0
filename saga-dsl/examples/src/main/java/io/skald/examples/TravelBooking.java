package io.skald.examples;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import io.skald.saga.Retry;
import io.skald.saga.Saga;
import io.skald.saga.SagaDefinition;
import io.skald.saga.message.Command;
import io.skald.saga.message.Participant;
import io.skald.saga.message.Topic;
import java.util.Optional;

/**
 * A trip: hotel, flight and car are booked side by side, then all of it is paid for. Until the
 * payment each of them can be given back, and after it the traveller gets the tickets.
 */
public final class TravelBooking {

  static final Topic TRIPS = Topic.of("trip-events");
  static final Participant HOTELS = Participant.named("hotels");
  static final Participant AIRLINES = Participant.named("airlines");
  static final Participant CARS = Participant.named("cars");
  static final Participant PAYMENTS = Participant.named("payments");
  static final Participant MAIL = Participant.named("mail");

  private TravelBooking() {}

  public record TripRequested(String tripId, String traveller, long cents) {}

  public record BookHotel(String tripId) implements Command<HotelBooked> {}

  public record HotelBooked(String room) {}

  public record CancelHotel(String tripId) implements Command<HotelCancelled> {}

  public record HotelCancelled() {}

  public record BookFlight(String tripId) implements Command<FlightBooked> {}

  public record FlightBooked(String seat) {}

  public record CancelFlight(String tripId) implements Command<FlightCancelled> {}

  public record FlightCancelled() {}

  public record RentCar(String tripId) implements Command<CarRented> {}

  public record CarRented(String plate) {}

  public record ReturnCar(String tripId) implements Command<CarReturned> {}

  public record CarReturned() {}

  public record ChargeTraveller(String tripId, String traveller, long cents)
      implements Command<TravellerCharged> {}

  public record TravellerCharged(String receipt) {}

  public record SendTickets(String tripId, String room, String seat, String plate)
      implements Command<TicketsSent> {}

  public record TicketsSent() {}

  /** What the saga carries along: the request, and what was booked for it. */
  public record Trip(
      String id,
      String traveller,
      long cents,
      Optional<String> room,
      Optional<String> seat,
      Optional<String> plate) {

    static Trip of(TripRequested event) {
      return new Trip(
          event.tripId(),
          event.traveller(),
          event.cents(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
    }

    Trip withRoom(HotelBooked booked) {
      return new Trip(id, traveller, cents, Optional.of(booked.room()), seat, plate);
    }

    Trip withSeat(FlightBooked booked) {
      return new Trip(id, traveller, cents, room, Optional.of(booked.seat()), plate);
    }

    Trip withPlate(CarRented rented) {
      return new Trip(id, traveller, cents, room, seat, Optional.of(rented.plate()));
    }
  }

  public static SagaDefinition<Trip> definition() {
    return Saga.define("travel-booking", 1, Trip.class)
        .startedBy(TRIPS, TripRequested.class, TripRequested::tripId, Trip::of)
        .deadline(ofMinutes(30))
        .parallel(
            "bookings",
            all ->
                all.step("hotel", HOTELS, BookHotel.class, trip -> new BookHotel(trip.id()))
                    .onReply(Trip::withRoom)
                    .compensate(CancelHotel.class, trip -> new CancelHotel(trip.id()))
                    .step("flight", AIRLINES, BookFlight.class, trip -> new BookFlight(trip.id()))
                    .onReply(Trip::withSeat)
                    .compensate(CancelFlight.class, trip -> new CancelFlight(trip.id()))
                    .step("car", CARS, RentCar.class, trip -> new RentCar(trip.id()))
                    .onReply(Trip::withPlate)
                    .compensate(ReturnCar.class, trip -> new ReturnCar(trip.id())))
        .pivot(
            "payment",
            PAYMENTS,
            ChargeTraveller.class,
            trip -> new ChargeTraveller(trip.id(), trip.traveller(), trip.cents()))
        .then(
            "tickets",
            MAIL,
            SendTickets.class,
            trip ->
                new SendTickets(
                    trip.id(),
                    trip.room().orElseThrow(),
                    trip.seat().orElseThrow(),
                    trip.plate().orElseThrow()))
        .retry(Retry.exponential(ofSeconds(1)).unlimited())
        .build();
  }
}
