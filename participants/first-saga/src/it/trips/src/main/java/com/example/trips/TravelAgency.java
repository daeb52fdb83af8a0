package com.example.trips;

import com.example.trips.Travel.BookRoom;
import com.example.trips.Travel.BuyTicket;
import com.example.trips.Travel.CancelRoom;
import com.example.trips.Travel.RoomBooked;
import com.example.trips.Travel.RoomCancelled;
import com.example.trips.Travel.TicketBought;
import io.skald.participant.BusinessRefusal;
import io.skald.participant.CommandContext;
import io.skald.participant.ParticipantService;
import io.skald.participant.ParticipantWorker;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** The participant: a handler for each command. */
@Singleton
final class TravelAgency {

  private final ParticipantWorker worker;

  TravelAgency(ParticipantWorker worker) {
    this.worker = worker;
  }

  @Incoming("travel-commands")
  @Blocking
  void on(ConsumerRecords<String, byte[]> batch) {
    worker.handle(batch);
  }

  @Produces
  @Singleton
  static ParticipantService agency() {
    return ParticipantService.named(Travel.AGENCY.name())
        .action(BookRoom.class, TravelAgency::bookRoom)
        .compensation(CancelRoom.class, TravelAgency::cancelRoom)
        .action(BuyTicket.class, TravelAgency::buyTicket)
        .build();
  }

  private static RoomBooked bookRoom(BookRoom command, CommandContext context) {
    return new RoomBooked("101");
  }

  private static RoomCancelled cancelRoom(CancelRoom command, CommandContext context) {
    return new RoomCancelled();
  }

  private static TicketBought buyTicket(BuyTicket command, CommandContext context) {
    if (command.city().equals("Atlantis")) {
      throw new BusinessRefusal("NO_TRAIN", "No train goes to " + command.city());
    }
    return new TicketBought("12A");
  }
}
