package com.example.trips;

import static java.time.Duration.ofMinutes;

import com.example.trips.Travel.BookRoom;
import com.example.trips.Travel.BuyTicket;
import com.example.trips.Travel.CancelRoom;
import io.skald.saga.Saga;
import io.skald.saga.SagaDefinition;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** A room first, which can be cancelled; then a ticket, which can't be given back. */
final class TripSaga {

  @Produces
  @Singleton
  static SagaDefinition<Trip> definition() {
    return Saga.define("trip", 1, Trip.class)
        .startedByApi()
        .deadline(ofMinutes(10))
        .step("room", Travel.AGENCY, BookRoom.class, trip -> new BookRoom(trip.id(), trip.city()))
            .onReply(Trip::withRoom)
            .compensate(CancelRoom.class, trip -> new CancelRoom(trip.id()))
        .pivot("ticket", Travel.AGENCY, BuyTicket.class, trip -> new BuyTicket(trip.id(), trip.city()))
            .onReply(Trip::withSeat)
        .build();
  }
}
