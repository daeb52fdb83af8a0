package io.skald.orchestrator.testing;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.skald.standalone.quarkus.EmbeddedStack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Of an exclusive definition one saga of a key is under way at a time, from end to end: REST,
 * lanes, PostgreSQL, Kafka, and participants through the SDK.
 */
@QuarkusTest
@TestProfile(EverythingProfile.class)
@WithTestResource(EmbeddedStack.class)
final class ExclusiveIT {

  private static final String SAGAS = "/api/v1/sagas";
  private static final Duration LONG = Duration.ofSeconds(90);

  private static Response start(String definition, String key, String start) {
    return given()
        .contentType(ContentType.JSON)
        .header("Saga-Key", key)
        .header("Idempotency-Key", start)
        .body("{\"id\":\"%s\",\"abroad\":false,\"parcels\":[],\"done\":[]}".formatted(start))
        .post(SAGAS + "/" + definition);
  }

  private static String started(String definition, String key, String start, String status) {
    Response response = start(definition, key, start);
    assertThat(response.statusCode()).as(response.asString()).isEqualTo(201);
    assertThat(response.jsonPath().getString("status")).isEqualTo(status);
    return response.jsonPath().getString("id");
  }

  private static void approve(String saga) {
    await()
        .atMost(LONG)
        .until(
            () ->
                "UNDER_WAY"
                    .equals(
                        saga(saga).getString("blocks.find { it.name == 'approval' }.standing")));
    given()
        .contentType(ContentType.JSON)
        .header("Idempotency-Key", "yes")
        .body("{\"by\":\"maria\"}")
        .post(SAGAS + "/" + saga + "/signals/approval")
        .then()
        .statusCode(202);
  }

  private static void tell(String saga, String verb) {
    given()
        .contentType(ContentType.JSON)
        .body("{\"reason\":\"not needed\",\"actor\":\"maria\"}")
        .post(SAGAS + "/" + saga + "/" + verb)
        .then()
        .statusCode(202);
  }

  private static JsonPath saga(String id) {
    return get(SAGAS + "/" + id).jsonPath();
  }

  private static String status(String saga) {
    return saga(saga).getString("status");
  }

  private static void awaitStatus(String saga, String status) {
    await().atMost(LONG).untilAsserted(() -> assertThat(status(saga)).isEqualTo(status));
  }

  private static List<String> words(String saga) {
    return get(SAGAS + "/" + saga + "/journal").jsonPath().getList("entries.words", String.class);
  }

  @Test
  void shouldRunOneAfterTheOther_whenTheyWaitInLine() {
    // given
    String first = started("in-line", "VAN-1", "L-1", "RUNNING");
    List<String> waiting = new ArrayList<>();
    for (int i = 2; i <= 4; i++) {
      waiting.add(started("in-line", "VAN-1", "L-" + i, "QUEUED"));
    }
    String elsewhere = started("in-line", "VAN-2", "L-1", "RUNNING");
    assertThat(start("in-line", "VAN-1", "L-3").statusCode()).isEqualTo(200);
    assertThat(saga(waiting.get(1)).getString("queued.behind")).isEqualTo(waiting.get(0));
    // when
    tell(waiting.get(1), "cancel");
    // then
    assertThat(status(waiting.get(1))).isEqualTo("COMPENSATED");
    assertThat(status(waiting.get(0))).isEqualTo("QUEUED");
    // when
    approve(first);
    // then
    awaitStatus(first, "COMPLETED");
    awaitStatus(waiting.get(0), "RUNNING");
    assertThat(status(waiting.get(2))).isEqualTo("QUEUED");
    assertThat(words(waiting.get(0)))
        .contains("the saga waits for its turn behind saga " + first, "its turn has come");
    // when
    tell(waiting.get(0), "cancel");
    // then it is undone before the next one begins
    awaitStatus(waiting.get(0), "COMPENSATED");
    approve(waiting.get(2));
    awaitStatus(waiting.get(2), "COMPLETED");
    assertThat(saga(waiting.get(2)).getList("data.done", String.class))
        .containsExactly("reserve L-4", "approved by maria", "charge L-4");
    approve(elsewhere);
    awaitStatus(elsewhere, "COMPLETED");
  }

  @Test
  void shouldRefuseTheSecond_whileTheFirstIsUnderWay() {
    // given
    String first = started("alone", "VAN-1", "A-1", "RUNNING");
    // when
    Response second = start("alone", "VAN-1", "A-2");
    // then
    assertThat(second.statusCode()).as(second.asString()).isEqualTo(409);
    assertThat(second.contentType()).startsWith("application/problem+json");
    assertThat(second.jsonPath().getString("saga")).isEqualTo(first);
    assertThat(words(first)).anySatisfy(entry -> assertThat(entry).contains("excludes another"));
    // when
    approve(first);
    awaitStatus(first, "COMPLETED");
    // then the same start may begin now
    String again = started("alone", "VAN-1", "A-2", "RUNNING");
    approve(again);
    awaitStatus(again, "COMPLETED");
  }
}
