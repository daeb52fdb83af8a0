package io.skald.orchestrator.rest;

import static io.restassured.RestAssured.get;
import static io.skald.orchestrator.rest.Calls.BODY;
import static io.skald.orchestrator.rest.Calls.SAGAS;
import static io.skald.orchestrator.rest.Calls.assertProblem;
import static io.skald.orchestrator.rest.Calls.freshKey;
import static io.skald.orchestrator.rest.Calls.json;
import static io.skald.orchestrator.rest.Calls.post;
import static io.skald.orchestrator.rest.Calls.prefer;
import static io.skald.orchestrator.rest.Calls.start;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.arc.ArcUndeclaredThrowableException;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.skald.machine.SagaState;
import io.skald.machine.Verdict;
import io.skald.saga.message.SagaId;
import io.skald.standalone.quarkus.EmbeddedStack;
import jakarta.transaction.RollbackException;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Starting sagas: keys, verdicts, and what a caller prefers. */
@QuarkusTest
@TestProfile(RestProfile.class)
@WithTestResource(EmbeddedStack.class)
final class StartSagaTest extends RestFixture {

  @Test
  void shouldAnswerWithTheSaga_whenStarted() {
    // given
    String key = freshKey();
    // when
    Response response = start(key, BODY);
    // then
    String id = SagaId.forKey("order", key).toString();
    assertThat(response.statusCode()).isEqualTo(201);
    assertThat(response.header("Location")).isEqualTo("/api/v1/sagas/" + id);
    assertThat(response.header("Preference-Applied")).isNull();
    JsonPath saga = response.jsonPath();
    assertThat(saga.getString("id")).isEqualTo(id);
    assertThat(saga.getString("key")).isEqualTo(key);
    assertThat(saga.getString("status")).isEqualTo("RUNNING");
    assertThat(saga.getString("data.orderId")).isEqualTo("ORD-1");
    assertThat(saga.getList("steps.name", String.class))
        .containsExactly("payment", "screen", "inventory", "shipping", "notify");
    assertThat(saga.getString("next.step")).isEqualTo("payment");
    // The codec has its say: sorted members, no unknown ones, numbers as they were.
    assertThat(requests.asked())
        .containsExactly(
            "start order "
                + key
                + " {\"express\":false,\"orderId\":\"ORD-1\",\"quantity\":2,\"total\":99.90}");
    assertThat(response.asString()).contains("\"total\":99.90");
  }

  @Test
  void shouldAnswerWithTheSameSaga_whenTheStartIsRepeated() {
    // given
    String key = freshKey();
    String id = start(key, BODY).jsonPath().getString("id");
    // when
    Response again = start(key, BODY);
    // then
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(again.jsonPath().getString("id")).isEqualTo(id);
    assertThat(again.header("Location")).isEqualTo("/api/v1/sagas/" + id);
  }

  @Test
  void shouldNotRead_whenALaneOfThisProcessHasSaidHowTheSagaIs() {
    // given
    String key = freshKey();
    SagaId id = SagaId.forKey("order", key);
    requests.answerWith(
        new SagaState.Completed(
            Orders.core(id, key, Instant.now(), 9, Orders.step("payment", Orders.awaitingReply(1))),
            Instant.now()));
    // then: the table says RUNNING
    assertThat(start(key, BODY).jsonPath().getString("status")).isEqualTo("COMPLETED");
    assertThat(get(SAGAS + "/" + id).jsonPath().getString("status")).isEqualTo("RUNNING");
  }

  @Test
  void shouldRefuse_whenTheKeyIsRepeatedWithOtherData() {
    // given
    String key = freshKey();
    start(key, BODY);
    // when
    Response other = start(key, BODY.replace("99.90", "1.00"));
    // then
    assertProblem(other, 422, "conflicting-start").contains(key);
  }

  @Test
  void shouldMakeAnIdOfItsOwn_whenThereIsNoKey() {
    // when
    Response first = post(BODY);
    Response second = post(BODY);
    // then
    assertThat(first.statusCode()).isEqualTo(201);
    UUID id = UUID.fromString(first.jsonPath().getString("id"));
    assertThat(id.version()).isEqualTo(7);
    assertThat(first.jsonPath().getString("key")).isEqualTo(id.toString());
    assertThat(second.jsonPath().getString("id")).isNotEqualTo(id.toString());
  }

  @Test
  void shouldSayWhichThereAre_whenTheDefinitionIsUnknown() {
    assertProblem(json().body(BODY).post(SAGAS + "/ordr"), 404, "unknown-definition")
        .contains("ordr")
        .contains("order");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "\t", "käse", "x\u007f"})
  void shouldRefuse_whenTheKeyIsNoKey(String key) throws IOException {
    String answer =
        http()
            .send(
                "POST /api/v1/sagas/order",
                List.of("Content-Type: application/json", "Idempotency-Key: " + key),
                BODY);
    assertThat(answer).startsWith("HTTP/1.1 400");
  }

  @Test
  void shouldRefuse_whenTheKeyIsTooLongOrThereTwice() {
    assertThat(start("k".repeat(200), BODY).statusCode()).isIn(200, 201);
    assertProblem(start("k".repeat(201), BODY), 400, "invalid-request").contains("Idempotency-Key");
    assertProblem(
        json().header("Idempotency-Key", "a", "b").body(BODY).post(SAGAS + "/order"),
        400,
        "invalid-request");
  }

  @Test
  void shouldHoldTheAnswer_whenTheCallerPrefersTo() {
    // when
    Response response = prefer("respond-async, wait=7; x=y").body(BODY).post(SAGAS + "/order");
    // then
    assertThat(response.statusCode()).isEqualTo(201);
    assertThat(response.header("Preference-Applied")).isEqualTo("wait=7");
    assertThat(requests.asked()).last().isEqualTo("await PT7S");
  }

  @Test
  void shouldHoldTheAnswerNoLongerThanItMay_whenTheCallerPrefersTo() {
    // when
    Response response = prefer("wait=100000").body(BODY).post(SAGAS + "/order");
    // then
    assertThat(response.header("Preference-Applied")).isEqualTo("wait=20");
    assertThat(requests.asked()).last().isEqualTo("await PT20S");
  }

  @ParameterizedTest
  @ValueSource(strings = {"wait", "wait=", "wait=-1", "wait=soon", "wait=99999999999999", ",,;="})
  void shouldPassOverThePreference_whenItIsNotUnderstood(String preference) {
    // when
    Response response = prefer(preference).body(BODY).post(SAGAS + "/order");
    // then
    assertThat(response.statusCode()).isEqualTo(201);
    assertThat(response.header("Preference-Applied")).isNull();
  }

  @Test
  void shouldSayWhenToComeBack_whenItIsUnavailable() {
    // given
    requests.beUnavailable();
    // when
    Response response = start(freshKey(), BODY);
    // then
    assertProblem(response, 503, "unavailable");
    assertThat(response.header("Retry-After")).isEqualTo("3");
  }

  /** As seen in a run of chaos: the query had gone well, its commit had not. */
  @Test
  void shouldSayWhenToComeBack_whenConnectionIsCutWhileAQueryCommits() {
    // given
    requests.failWith(
        new ArcUndeclaredThrowableException("Error invoking", new RollbackException("cut")));
    // when
    Response response = start(freshKey(), BODY);
    // then
    assertProblem(response, 503, "unavailable");
    assertThat(response.header("Retry-After")).isEqualTo("2");
  }

  @Test
  void shouldNotGiveItselfAway_whenItFails() {
    // given
    requests.failWith(new IllegalStateException("select secret from io.skald.Internals"));
    // then
    assertProblem(start(freshKey(), BODY), 500, "defect").doesNotContain("secret");
  }

  @Test
  void shouldSayNo_whenTheStartIsRefused() {
    // given
    requests.answerWith(
        new Verdict.Refused(
            "Expected data, but can't construct `io.skald.orchestrator.Order$Item`"));
    // then
    assertProblem(start(freshKey(), BODY), 400, "invalid-request")
        .isEqualTo("Expected data, but can't construct `Order$Item`");
  }
}
