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
import org.junit.jupiter.api.Test;

/** A saga that is a step of another, from end to end: REST, lanes, PostgreSQL and Kafka. */
@QuarkusTest
@TestProfile(EverythingProfile.class)
@WithTestResource(EmbeddedStack.class)
final class SubSagasIT {

  private static final String SAGAS = "/api/v1/sagas";
  private static final Duration LONG = Duration.ofSeconds(90);

  private static String start(String key, String dish, String payer) {
    Response started =
        given()
            .contentType(ContentType.JSON)
            .header("Idempotency-Key", key)
            .body(
                "{\"id\":\"%s\",\"dish\":\"%s\",\"payer\":\"%s\",\"done\":[]}"
                    .formatted(key, dish, payer))
            .post(SAGAS + "/outing");
    assertThat(started.statusCode()).as(started.asString()).isEqualTo(201);
    return started.jsonPath().getString("id");
  }

  private static JsonPath saga(String id) {
    return get(SAGAS + "/" + id).jsonPath();
  }

  private static String dinnerOf(String outing) {
    return saga(outing).getString("steps.find { it.name == 'dinner' }.sagaId");
  }

  private static void awaitStatus(String saga, String status) {
    await()
        .atMost(LONG)
        .untilAsserted(
            () -> {
              JsonPath now = saga(saga);
              assertThat(now.getString("status")).as(now.prettify()).isEqualTo(status);
            });
  }

  @Test
  void shouldCompleteBoth_whenAllGoesWell() {
    // when
    String outing = start("O-all", "soup", "anna");
    // then
    awaitStatus(outing, "COMPLETED");
    String dinner = dinnerOf(outing);
    awaitStatus(dinner, "COMPLETED");
    assertThat(saga(outing).getList("data.done", String.class))
        .containsExactly("tickets O-all", "table for two", "dish soup", "pay anna");
    assertThat(saga(dinner).getString("parent.id")).isEqualTo(outing);
    assertThat(saga(dinner).getString("parent.step")).isEqualTo("dinner");
    assertThat(saga(dinner).getString("key")).isEqualTo("O-all/dinner");
    assertThat(saga(dinner).getInt("version")).isEqualTo(2);
    assertThat(
            get(SAGAS + "/" + dinner + "/journal")
                .jsonPath()
                .getList("entries.words", String.class))
        .contains("the saga's work is done, and it waits for what becomes of its parent");
  }

  @Test
  void shouldUndoTheFinishedDinner_whenNobodyPays() {
    // when
    String outing = start("O-unpaid", "soup", EverythingParticipants.REFUSED);
    // then
    awaitStatus(outing, "COMPENSATED");
    String dinner = dinnerOf(outing);
    awaitStatus(dinner, "COMPENSATED");
    assertThat(saga(dinner).getString("compensation.cause")).isEqualTo("PARENT_TURNED_BACK");
    assertThat(saga(dinner).getList("steps.status", String.class)).containsOnly("COMPENSATED");
    assertThat(saga(outing).getList("steps.status", String.class))
        .containsExactly("COMPENSATED", "COMPENSATED", "REJECTED");
  }

  @Test
  void shouldTurnBack_whenTheDinnerIsRefused() {
    // when
    String outing = start("O-hungry", EverythingParticipants.REFUSED, "anna");
    // then
    awaitStatus(outing, "COMPENSATED");
    String dinner = dinnerOf(outing);
    awaitStatus(dinner, "COMPENSATED");
    assertThat(saga(outing).getString("compensation.failedStep")).isEqualTo("dinner");
    assertThat(saga(outing).getString("compensation.problem.code")).isEqualTo("NO_BOX");
    assertThat(saga(dinner).getList("steps.status", String.class))
        .containsExactly("COMPENSATED", "REJECTED");
  }

  @Test
  void shouldLeaveTheHeldDinnerToItsParent_whenSomebodyCancelsIt() {
    // given
    String outing = start("O-held", "soup", EverythingParticipants.FAILING);
    await().atMost(LONG).until(() -> dinnerOf(outing) != null);
    String dinner = dinnerOf(outing);
    awaitStatus(dinner, "HELD");
    // when
    Response cancelled =
        given()
            .contentType(ContentType.JSON)
            .body("{\"reason\":\"no\",\"actor\":\"maria\"}")
            .post(SAGAS + "/" + dinner + "/cancel");
    // then
    assertThat(cancelled.statusCode()).isEqualTo(409);
    assertThat(cancelled.asString()).contains("ask the parent");
    assertThat(saga(dinner).getString("next.because")).contains(outing);
    assertThat(get(SAGAS + "?status=HELD").asString()).contains(dinner);
    // when
    given()
        .contentType(ContentType.JSON)
        .body("{\"reason\":\"enough\",\"actor\":\"maria\"}")
        .post(SAGAS + "/" + outing + "/abort");
    // then
    awaitStatus(dinner, "COMPLETED");
  }
}
