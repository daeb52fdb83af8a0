package com.example.trips;

import com.example.trips.Travel.CancelRoom;
import com.example.trips.Travel.RoomBooked;
import io.skald.machine.SagaStatus;
import io.skald.testkit.FailureMatrix;
import io.skald.testkit.SagaTest;
import io.skald.testkit.junit.FailureMatrixTests;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class TripSagaTest {

  private static final Trip TRIP = new Trip("T-1", "Rome", null, null);

  @Test
  void shouldCancelTheRoom_whenThereIsNoTicket() {
    SagaTest.of(TripSaga.definition())
        .start(TRIP)
        .succeed("room", new RoomBooked("101"))
        .refuse("ticket", "NO_TRAIN")
        .expectCommand("room", new CancelRoom("T-1"))
        .compensated("room")
        .expectStatus(SagaStatus.COMPENSATED);
  }

  @TestFactory
  Stream<DynamicNode> shouldKeepTheLaws_whateverFails() {
    return FailureMatrixTests.of(FailureMatrix.of(TripSaga.definition(), TRIP));
  }
}
