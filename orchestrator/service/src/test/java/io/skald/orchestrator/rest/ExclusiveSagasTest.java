package io.skald.orchestrator.rest;

import static io.restassured.RestAssured.get;
import static io.skald.orchestrator.rest.Calls.BODY;
import static io.skald.orchestrator.rest.Calls.SAGAS;
import static io.skald.orchestrator.rest.Calls.assertProblem;
import static io.skald.orchestrator.rest.Calls.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.skald.machine.SagaState;
import io.skald.machine.Verdict;
import io.skald.saga.message.SagaId;
import io.skald.standalone.quarkus.EmbeddedStack;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Sagas of which one of a key is under way at a time: their keys, who is in the way, the line. */
@QuarkusTest
@TestProfile(RestProfile.class)
@WithTestResource(EmbeddedStack.class)
final class ExclusiveSagasTest extends RestFixture {

  private static Response start(String key, String start) {
    return json()
        .header("Saga-Key", key)
        .header("Idempotency-Key", start)
        .body(BODY)
        .post(SAGAS + "/delivery");
  }

  private SagaState.Queued insertLine() {
    SagaState.Queued waiting =
        new SagaState.Queued(
            Orders.inLine("b", 2), SagaId.forStart("delivery", "VAN-1", "a"), Optional.empty());
    rows.insert(
        new SagaState.Running(
            Orders.withStep(Orders.inLine("a", 1), "load", Orders.awaitingReply(1))));
    rows.insert(waiting);
    return waiting;
  }

  @Test
  void shouldBeASagaForEachStart_whenTheKeyIsTheSame() {
    // when
    Response first = start("VAN-9", "s-1");
    Response again = start("VAN-9", "s-1");
    Response second = start("VAN-9", "s-2");
    // then
    assertThat(first.statusCode()).isEqualTo(201);
    assertThat(first.jsonPath().getString("id"))
        .isEqualTo(SagaId.forStart("delivery", "VAN-9", "s-1").toString());
    assertThat(first.jsonPath().getString("key")).isEqualTo("VAN-9");
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(second.statusCode()).isEqualTo(201);
    assertThat(second.jsonPath().getString("id")).isNotEqualTo(first.jsonPath().getString("id"));
  }

  @Test
  void shouldBeAnotherStart_whenItDoesNotSayWhichItIs() {
    // when
    Response first = json().header("Saga-Key", "VAN-8").body(BODY).post(SAGAS + "/delivery");
    Response second = json().header("Saga-Key", "VAN-8").body(BODY).post(SAGAS + "/delivery");
    // then
    assertThat(first.statusCode()).isEqualTo(201);
    assertThat(second.statusCode()).isEqualTo(201);
    assertThat(second.jsonPath().getString("id")).isNotEqualTo(first.jsonPath().getString("id"));
  }

  @Test
  void shouldRefuse_whenTheKeyIsMissingOrNotWanted() {
    assertProblem(json().body(BODY).post(SAGAS + "/delivery"), 400, "invalid-request")
        .contains("Saga-Key");
    assertProblem(
            json().header("Saga-Key", "K").body(BODY).post(SAGAS + "/order"),
            400,
            "invalid-request")
        .contains("Saga-Key");
    assertProblem(start("a b", "s-1"), 400, "invalid-request").contains("Saga-Key");
  }

  @Test
  void shouldSayWhoIsInTheWay_whenTheStartIsExcluded() {
    // given
    SagaId by = SagaId.forStart("delivery", "VAN-7", "s-1");
    requests.answerWith(new Verdict.Excluded(by, "Expected no other saga, but found one"));
    // when
    Response refused = start("VAN-7", "s-2");
    // then
    assertProblem(refused, 409, "excluded").isEqualTo("Expected no other saga, but found one");
    assertThat(refused.jsonPath().getString("saga")).isEqualTo(by.toString());
  }

  @Test
  void shouldShowTheLine_whenASagaWaitsForItsTurn() {
    // given
    SagaState.Queued waiting = insertLine();
    // when
    JsonPath saga = get(SAGAS + "/" + waiting.core().id()).jsonPath();
    // then
    assertThat(saga.getString("status")).isEqualTo("QUEUED");
    assertThat(saga.getString("queued.behind")).isEqualTo(waiting.behind().toString());
    assertThat(saga.getString("next.because")).contains(waiting.behind().toString());
    assertThat(saga.getList("next.then", String.class)).containsExactly("load");
    assertThat(saga.getMap("links")).containsKeys("cancel", "abort").doesNotContainKey("resume");
    // when
    JsonPath line = get(saga.getString("queued.line")).jsonPath();
    // then
    assertThat(line.getList("sagas.status", String.class))
        .containsExactlyInAnyOrder("RUNNING", "QUEUED");
    assertThat(get(SAGAS + "?status=QUEUED").jsonPath().getList("sagas.id", String.class))
        .containsExactly(waiting.core().id().toString());
    assertThat(get("/api/v1/definitions/delivery/1").jsonPath().getInt("live.queued")).isEqualTo(1);
  }

  @Test
  void shouldSayWhatFollows_whenAVerbForOneThatWaitsIsPreviewed() {
    // given
    SagaId waiting = insertLine().core().id();
    String body = "{\"reason\":\"not needed\",\"actor\":\"maria\"}";
    // when
    JsonPath cancel = json().body(body).post(SAGAS + "/" + waiting + "/cancel/preview").jsonPath();
    JsonPath retry = json().body(body).post(SAGAS + "/" + waiting + "/retry/preview").jsonPath();
    // then
    assertThat(cancel.getBoolean("possible")).isTrue();
    assertThat(cancel.getString("status")).isEqualTo("COMPENSATED");
    assertThat(cancel.getList("commands")).isEmpty();
    assertThat(retry.getBoolean("possible")).isFalse();
    assertThat(retry.getString("because")).contains("QUEUED");
  }
}
