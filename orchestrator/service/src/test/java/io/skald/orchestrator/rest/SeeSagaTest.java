package io.skald.orchestrator.rest;

import static io.restassured.RestAssured.get;
import static io.skald.orchestrator.rest.Calls.SAGAS;
import static io.skald.orchestrator.rest.Calls.assertProblem;
import static io.skald.orchestrator.rest.Calls.steer;
import static io.skald.orchestrator.rest.Orders.NOON;
import static io.skald.orchestrator.rest.Orders.step;
import static io.skald.orchestrator.rest.Orders.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.skald.machine.SagaCore;
import io.skald.machine.SagaState;
import io.skald.machine.StepState;
import io.skald.saga.message.SagaId;
import io.skald.standalone.quarkus.EmbeddedStack;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Seeing one saga. */
@QuarkusTest
@TestProfile(RestProfile.class)
@WithTestResource(EmbeddedStack.class)
final class SeeSagaTest extends RestFixture {

  @Test
  void shouldShowASaga_whenItIsThere() {
    // given
    SagaId id = insertRunning();
    // when
    JsonPath saga = get(SAGAS + "/" + id).then().statusCode(200).extract().jsonPath();
    // then
    assertThat(saga.getString("definition")).isEqualTo("order");
    assertThat(saga.getString("deadline")).isEqualTo("2026-02-03T12:00:00Z");
    assertThat(saga.getString("createdAt")).isEqualTo("2026-01-31T12:00:00Z");
    assertThat(saga.getString("steps[0].endedAt")).isEqualTo("2026-01-31T12:00:01Z");
    assertThat(saga.getString("steps[1].status")).isEqualTo("RUNNING");
    assertThat(saga.getString("steps[1].lastError.code")).isEqualTo("TIMEOUT");
    assertThat(saga.getString("links.cancel")).isEqualTo(SAGAS + "/" + id + "/cancel");
    assertThat(saga.getMap("$")).doesNotContainKeys("parked", "compensation", "aborted", "endedAt");
  }

  @Test
  void shouldShowWhatIsCommitted_whenARowChangesBehindItsBack() {
    // given
    SagaId id = insertRunning();
    assertThat(get(SAGAS + "/" + id).jsonPath().getString("status")).isEqualTo("RUNNING");
    // when
    rows.insert(new SagaState.Completed(core(id, step("payment", succeeded())), NOON));
    // then
    assertThat(get(SAGAS + "/" + id).jsonPath().getString("status")).isEqualTo("COMPLETED");
  }

  @Test
  void shouldBe404_whenThereIsNoSaga() {
    String id = UUID.randomUUID().toString();
    for (String path : List.of("", "/journal")) {
      assertProblem(get(SAGAS + "/" + id + path), 404, "unknown-saga").contains(id);
    }
    for (String verb : List.of("cancel", "resume", "abort")) {
      assertProblem(steer(id, verb), 404, "unknown-saga").contains(id);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"17", "x", "0198aaaa-0000-7000-8000-00000000000g", "%00", "%F0%9F%98%80"})
  void shouldBe400_whenTheIdIsNoId(String id) throws IOException {
    for (String path : List.of("", "/journal")) {
      assertThat(http().send("GET /api/v1/sagas/" + id + path, List.of(), ""))
          .startsWith("HTTP/1.1 400")
          .contains("problem+json");
    }
    for (String verb : List.of("cancel", "resume", "abort")) {
      assertThat(
              http()
                  .send(
                      "POST /api/v1/sagas/" + id + "/" + verb,
                      List.of("Content-Type: application/json"),
                      "{\"reason\":\"r\"}"))
          .startsWith("HTTP/1.1 400")
          .contains("problem+json");
    }
  }

  private static SagaCore core(SagaId id, StepState... steps) {
    return Orders.core(id, "ORD-1", NOON, 9, steps);
  }
}
