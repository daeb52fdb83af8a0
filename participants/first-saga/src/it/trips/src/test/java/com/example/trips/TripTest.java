package com.example.trips;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.skald.standalone.quarkus.EmbeddedStack;
import org.junit.jupiter.api.Test;

/** The whole application on a real Kafka and a real PostgreSQL. */
@QuarkusTest
@WithTestResource(EmbeddedStack.class)
class TripTest {

  @Test
  void shouldBookAll_whenTrainsGoThere() {
    travelTo("Rome").body("status", equalTo("COMPLETED")).body("data.seat", equalTo("12A"));
  }

  @Test
  void shouldCancelTheRoom_whenNoTrainGoesThere() {
    travelTo("Atlantis")
        .body("status", equalTo("COMPENSATED"))
        .body("compensation.failedStep", equalTo("ticket"));
  }

  /** The answer comes when the saga has ended. */
  private static ValidatableResponse travelTo(String city) {
    return given()
        .contentType(ContentType.JSON)
        .header("Prefer", "wait=30")
        .body("{\"id\":\"T-1\",\"city\":\"" + city + "\"}")
        .post("/api/v1/sagas/trip")
        .then()
        .statusCode(201);
  }
}
