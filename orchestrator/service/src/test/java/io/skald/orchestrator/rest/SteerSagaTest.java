package io.skald.orchestrator.rest;

import static io.restassured.RestAssured.given;
import static io.skald.orchestrator.rest.Calls.SAGAS;
import static io.skald.orchestrator.rest.Calls.assertProblem;
import static io.skald.orchestrator.rest.Calls.json;
import static io.skald.orchestrator.rest.Calls.steer;
import static io.skald.orchestrator.rest.Orders.NOON;
import static io.skald.orchestrator.rest.Orders.awaitingReply;
import static io.skald.orchestrator.rest.Orders.step;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.skald.machine.IgnoreReason;
import io.skald.machine.SagaCore;
import io.skald.machine.SagaState;
import io.skald.machine.StepState;
import io.skald.machine.Verdict;
import io.skald.saga.message.SagaId;
import io.skald.standalone.quarkus.EmbeddedStack;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cancel, resume, retry and abort. */
@QuarkusTest
@TestProfile(RestProfile.class)
@WithTestResource(EmbeddedStack.class)
final class SteerSagaTest extends RestFixture {

  @ParameterizedTest
  @ValueSource(strings = {"cancel", "resume", "retry", "abort"})
  void shouldAccept_whenTheSagaTakesIt(String verb) {
    // given
    SagaId id = insertRunning();
    // when
    Response response = steer(id.toString(), verb);
    // then
    assertThat(response.statusCode()).isEqualTo(202);
    assertThat(response.jsonPath().getString("id")).isEqualTo(id.toString());
    assertThat(requests.asked()).containsExactly(verb + " " + id + " ORD-1 by maria: because");
  }

  @Test
  void shouldDoWithoutABody_whenCancelledResumedOrRetried() throws IOException {
    SagaId id = insertRunning();
    for (String verb : List.of("cancel", "resume", "retry")) {
      assertThat(given().post(SAGAS + "/" + id + "/" + verb).statusCode()).isEqualTo(202);
      assertThat(json().post(SAGAS + "/" + id + "/" + verb).statusCode()).isEqualTo(202);
      assertThat(http().send("POST " + SAGAS + "/" + id + "/" + verb, List.of(), ""))
          .startsWith("HTTP/1.1 202");
    }
    assertThat(requests.asked()).contains("cancel " + id + " ORD-1 by anonymous: no reason given");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{}", "{\"actor\":\"maria\"}", "{\"reason\":\" \"}", "{\"reason\":null}"})
  void shouldWantAReason_whenAborted(String body) {
    assertProblem(
            json().body(body).post(SAGAS + "/" + insertRunning() + "/abort"),
            400,
            "invalid-request")
        .contains("reason");
    assertThat(requests.asked()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"[]", "7", "{", "{\"reason\":7}", "{\"reason\":\"a\\u0000b\"}", "{\"actor\":[]}"})
  void shouldRefuse_whenAnOperatorsBodyIsBad(String body) {
    for (String verb : List.of("cancel", "resume", "retry", "abort")) {
      assertProblem(
          json().body(body).post(SAGAS + "/" + insertRunning() + "/" + verb),
          400,
          "invalid-request");
    }
  }

  @Test
  void shouldDrawTheLine_whenAReasonOrAnActorIsLong() {
    // given
    String address = SAGAS + "/" + insertRunning() + "/abort";
    // then
    assertThat(json().body(request(1_000, 100)).post(address).statusCode()).isEqualTo(202);
    assertProblem(json().body(request(1_001, 100)).post(address), 400, "invalid-request")
        .contains("'reason'", "at most 1000");
    assertProblem(json().body(request(1_000, 101)).post(address), 400, "invalid-request")
        .contains("'actor'", "at most 100");
  }

  private static String request(int reason, int actor) {
    return "{\"reason\":\"" + "r".repeat(reason) + "\",\"actor\":\"" + "a".repeat(actor) + "\"}";
  }

  @Test
  void shouldBe200_whenItIsOnItsWayBackAlready() {
    // given
    SagaId id = insertRunning();
    requests.answerWith(new Verdict.Ignored(IgnoreReason.ALREADY_COMPENSATING));
    // then
    assertThat(steer(id.toString(), "cancel").statusCode()).isEqualTo(200);
  }

  @Test
  void shouldSayWhatElseCanBeDone_whenPastThePointOfNoReturn() {
    // given
    SagaId id = SagaId.forKey("order", "ORD-1");
    rows.insert(new SagaState.Running(core(id, step("shipping", awaitingReply(1)))));
    requests.answerWith(new Verdict.Ignored(IgnoreReason.PAST_RETURN));
    // then
    assertProblem(steer(id.toString(), "cancel"), 409, "not-possible-now")
        .contains("step 'shipping'")
        .contains("abort");
  }

  @Test
  void shouldBe409_whenTheSagaDoesNotTakeIt() {
    // given
    SagaId id = insertRunning();
    for (IgnoreReason reason :
        List.of(
            IgnoreReason.TERMINAL,
            IgnoreReason.NOT_PARKED,
            IgnoreReason.REFUSED_FOR_GOOD,
            IgnoreReason.PARKED,
            IgnoreReason.NOTHING_TO_RETRY,
            IgnoreReason.STALE_TIMER)) {
      requests.answerWith(new Verdict.Ignored(reason));
      // then
      assertProblem(steer(id.toString(), "resume"), 409, "not-possible-now")
          .startsWith("Expected to resume saga '" + id + "', but ");
    }
    requests.answerWith(new Verdict.Refused("Expected a saga of that id, but there is none"));
    assertProblem(steer(id.toString(), "abort"), 409, "not-possible-now");
  }

  @Test
  void shouldSayWhenToComeBack_whenSteeringIsUnavailable() {
    // given
    SagaId id = insertRunning();
    requests.beUnavailable();
    // then
    for (String verb : List.of("cancel", "resume", "retry", "abort")) {
      assertProblem(steer(id.toString(), verb), 503, "unavailable");
    }
  }

  private static SagaCore core(SagaId id, StepState... steps) {
    return Orders.core(id, "ORD-1", NOON, 9, steps);
  }
}
