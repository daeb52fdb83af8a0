package io.skald.shop.orchestrator;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.skald.standalone.quarkus.EmbeddedStack;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The REST API of what is shipped: the packaged jar, or the executable where one is built ({@code
 * -Pnative}), as a process of its own. There are no participants: what they would do, an operator
 * takes for done. The cases of each operation are the orchestrator's own tests.
 */
@QuarkusIntegrationTest
@WithTestResource(EmbeddedStack.class)
final class RestIT {

  private static final String SAGAS = "/api/v1/sagas";
  private static final Duration LONG = Duration.ofSeconds(60);

  private static RequestSpecification json(String body) {
    return given().contentType(ContentType.JSON).body(body);
  }

  private static Response start(String orderId) {
    return json("""
    {"orderId":"%s","userId":"USR-1","totalAmount":99.90,"country":"DE","later":"unknown",
     "items":[{"productId":"PROD-456","quantity":2}]}\
    """
            .formatted(orderId))
        .header("Idempotency-Key", orderId)
        .post(SAGAS + "/order");
  }

  private static String started() {
    Response answer = start("ORD-" + UUID.randomUUID());
    assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(201);
    return SAGAS + "/" + answer.jsonPath().getString("id");
  }

  private static void skip(String saga, String step, String reply) {
    await()
        .atMost(LONG)
        .untilAsserted(
            () ->
                assertThat(get(saga).jsonPath().getString("next.step"))
                    .as(get(saga).asString())
                    .isEqualTo(step));
    Response skipped =
        json("{\"reason\":\"done by hand\",\"actor\":\"maria\",\"reply\":" + reply + "}")
            .post(saga + "/steps/" + step + "/skip");
    assertThat(skipped.statusCode()).as(skipped.asString()).isEqualTo(202);
  }

  private static void awaitStatus(String saga, String status) {
    await()
        .atMost(LONG)
        .untilAsserted(
            () -> assertThat(get(saga).jsonPath().getString("status")).isEqualTo(status));
  }

  @Test
  void shouldComplete_whenAnOperatorTakesEachStepForDone() {
    // given
    String saga = started();
    String order = get(saga).jsonPath().getString("key");
    // when
    skip(
        saga,
        "payment",
        "{\"orderId\":\"%s\",\"paymentId\":\"PAY-1\",\"userId\":\"USR-1\",\"amount\":99.90}"
            .formatted(order));
    skip(
        saga,
        "inventory",
        "{\"orderId\":\"%s\",\"reservationId\":\"RES-1\",\"items\":[{\"productId\":\"PROD-456\",\"quantity\":2}]}"
            .formatted(order));
    skip(
        saga,
        "shipping",
        "{\"orderId\":\"%s\",\"trackingId\":\"TRK-1\",\"carrier\":\"DHL\"}".formatted(order));
    skip(saga, "complete", "{\"orderId\":\"%s\",\"trackingId\":\"TRK-1\"}".formatted(order));
    // then: data, journal and pictures are as on any other runtime
    awaitStatus(saga, "COMPLETED");
    JsonPath ended = get(saga).jsonPath();
    assertThat(ended.getString("data.trackingId")).isEqualTo("TRK-1");
    assertThat(get(saga).asString()).contains("\"totalAmount\":99.90");
    assertThat(ended.getString("data.items[0].productId")).isEqualTo("PROD-456");
    JsonPath journal = get(saga + "/journal").jsonPath();
    assertThat(journal.getList("entries")).hasSizeGreaterThanOrEqualTo(5);
    assertThat(journal.prettify()).contains("maria", "done by hand", "PAY-1");
    assertThat(get(saga + "/diagram").asString()).contains("flowchart");
  }

  @Test
  void shouldCompensate_whenItIsCancelled() {
    // given
    String saga = started();
    awaitStatus(saga, "RUNNING");
    // when
    Response preview = given().post(saga + "/cancel/preview");
    Response cancelled = json("{\"reason\":\"changed her mind\"}").post(saga + "/cancel");
    // then
    assertThat(preview.jsonPath().getString("verb")).as(preview.asString()).isEqualTo("cancel");
    assertThat(cancelled.statusCode()).as(cancelled.asString()).isEqualTo(202);
    await()
        .atMost(LONG)
        .untilAsserted(
            () -> assertThat(get(saga).jsonPath().getString("status")).isNotEqualTo("RUNNING"));
    assertThat(get(saga + "/journal").asString()).contains("changed her mind");
  }

  @Test
  void shouldBeOneSaga_whenItIsStartedAgain() {
    // given
    String order = "ORD-" + UUID.randomUUID();
    // when
    String first = start(order).jsonPath().getString("id");
    Response again = start(order);
    // then
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(again.jsonPath().getString("id")).isEqualTo(first);
    JsonPath listed = get(SAGAS + "?key=" + order).jsonPath();
    assertThat(listed.getList("sagas.id")).isEqualTo(List.of(first));
  }

  @Test
  void shouldShowDefinitions() {
    assertThat(get("/api/v1/definitions").jsonPath().getString("definitions[0].name"))
        .isEqualTo("order");
    assertThat(get("/api/v1/definitions/order/1").jsonPath().getString("steps[0].name"))
        .isEqualTo("payment");
    assertThat(get("/api/v1/definitions/order/1?format=mermaid").asString()).contains("payment");
  }

  @ParameterizedTest
  @CsvSource({
    "GET,  /api/v1/sagas/00000000-0000-0000-0000-000000000000,               404, unknown-saga",
    "GET,  /api/v1/sagas?status=DONE,                                        400, invalid-request",
    "GET,  /api/v1/definitions/nothing,                                      404,"
        + " unknown-definition",
    "POST, /api/v1/sagas/ordr,                                               404,"
        + " unknown-definition",
    "POST, /api/v1/sagas/order,                                              400, invalid-request",
    "POST, /api/v1/sagas/00000000-0000-0000-0000-000000000000/cancel,        404, unknown-saga",
    "POST, /api/v1/sagas/00000000-0000-0000-0000-000000000000/signals/hello, 404, unknown-saga",
  })
  void shouldSayWhatIsWrong(String method, String path, int status, String problem) {
    Response answer = json("{}").request(method, path);
    assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(status);
    assertThat(answer.contentType()).startsWith("application/problem+json");
    assertThat(answer.jsonPath().getString("type")).isEqualTo("urn:skald:problem:" + problem);
  }

  @Test
  void shouldBeSeenByOperators() {
    started();
    assertThat(get("/q/health/ready").jsonPath().getString("status")).isEqualTo("UP");
    assertThat(get("/q/health/live").jsonPath().getString("status")).isEqualTo("UP");
    assertThat(given().accept(ContentType.JSON).get("/q/openapi").jsonPath().getMap("paths"))
        .containsKey(SAGAS + "/{id}");
    assertThat(get("/q/metrics").asString()).contains("skald_");
  }
}
