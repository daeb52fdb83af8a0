package com.example.trips;

import io.skald.saga.message.Command;
import io.skald.saga.message.Participant;

/** What the travel agency can be asked to do, and what it answers. */
final class Travel {

  static final Participant AGENCY = Participant.named("travel");

  private Travel() {}

  record BookRoom(String tripId, String city) implements Command<RoomBooked> {}

  record RoomBooked(String room) {}

  record CancelRoom(String tripId) implements Command<RoomCancelled> {}

  record RoomCancelled() {}

  record BuyTicket(String tripId, String city) implements Command<TicketBought> {}

  record TicketBought(String seat) {}
}
