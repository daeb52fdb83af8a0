package io.skald.examples;

import io.skald.examples.TravelBooking.CancelFlight;
import io.skald.examples.TravelBooking.CarRented;
import io.skald.examples.TravelBooking.FlightBooked;
import io.skald.examples.TravelBooking.HotelBooked;
import io.skald.examples.TravelBooking.SendTickets;
import io.skald.examples.TravelBooking.TicketsSent;
import io.skald.examples.TravelBooking.TravellerCharged;
import io.skald.examples.TravelBooking.Trip;
import io.skald.examples.TravelBooking.TripRequested;
import io.skald.machine.SagaStatus;
import io.skald.testkit.SagaTest;
import org.junit.jupiter.api.Test;

class TravelBookingTest {

  private final SagaTest<Trip> saga =
      SagaTest.of(TravelBooking.definition())
          .start(Trip.of(new TripRequested("T-1", "ann", 129_00)));

  @Test
  void shouldSendTickets_whenAllIsBookedAndPaid() {
    saga.expectUnderWay("hotel", "flight", "car")
        .succeed("car", new CarRented("B-XY 1"))
        .succeed("hotel", new HotelBooked("101"))
        .expectUnderWay("flight")
        .succeed("flight", new FlightBooked("12A"))
        .succeed("payment", new TravellerCharged("R-1"))
        .expectCommand("tickets", new SendTickets("T-1", "101", "12A", "B-XY 1"))
        .succeed("tickets", new TicketsSent())
        .expectStatus(SagaStatus.COMPLETED);
  }

  @Test
  void shouldGiveBackWhatIsBookedOnceTheOthersHaveSettled_whenThereIsNoFlight() {
    saga.succeed("hotel", new HotelBooked("101"))
        .refuse("flight", "FULLY_BOOKED")
        .expectStatus(SagaStatus.COMPENSATING)
        .expectCompensations()
        .succeed("car", new CarRented("B-XY 1"))
        .expectCompensations("hotel", "car")
        .compensated("car")
        .compensated("hotel")
        .expectStatus(SagaStatus.COMPENSATED);
  }

  @Test
  void shouldCancelTheFlightToo_whenNobodyKnowsWhetherItIsBooked() {
    saga.succeed("hotel", new HotelBooked("101"))
        .succeed("car", new CarRented("B-XY 1"))
        .staySilentForGood("flight")
        .expectCompensations("hotel", "flight", "car")
        .expectCommand("flight", new CancelFlight("T-1"));
  }

  @Test
  void shouldGiveBackAll_whenThePaymentIsRefused() {
    saga.succeed("hotel", new HotelBooked("101"))
        .succeed("flight", new FlightBooked("12A"))
        .succeed("car", new CarRented("B-XY 1"))
        .refuse("payment", "NO_FUNDS")
        .expectUnderWay("hotel", "flight", "car")
        .expectCompensations("hotel", "flight", "car");
  }
}
