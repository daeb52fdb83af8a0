package io.skald.orchestrator.rest;

import static io.skald.orchestrator.rest.Calls.SAGAS;
import static io.skald.orchestrator.rest.Calls.assertProblem;
import static io.skald.orchestrator.rest.Calls.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.skald.machine.IgnoreReason;
import io.skald.machine.Verdict;
import io.skald.standalone.quarkus.EmbeddedStack;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signals for sagas. */
@QuarkusTest
@TestProfile(RestProfile.class)
@WithTestResource(EmbeddedStack.class)
final class SignalSagaTest extends RestFixture {

  private static final String APPROVED = "{\"by\":\"maria\"}";

  private String insert(Journey journey) {
    rows.insert(journey.state());
    return journey.state().core().id().toString();
  }

  private static Response signal(String id, String name, String key, String body) {
    return json()
        .header("Idempotency-Key", key)
        .body(body)
        .post(SAGAS + "/" + id + "/signals/" + name);
  }

  @Test
  void shouldAccept_whenTheSagaTakesOrKeepsIt() {
    // given
    String id = insert(Journey.toTheApproval());
    // when
    Response response = signal(id, "approval", "s-1", "{ \"unknown\": [], \"by\" : \"maria\" }");
    // then
    assertThat(response.statusCode()).isEqualTo(202);
    assertThat(response.jsonPath().getString("id")).isEqualTo(id);
    assertThat(requests.asked())
        .containsExactly("signal approval s-1 to " + id + " E-1: " + APPROVED);
  }

  @Test
  void shouldBe200_whenTheSameSignalCameBefore() {
    // given: kept in one, taken in the other, which has gone on
    String kept = insert(Journey.toTheParcels().signal("s-1"));
    requests.answerWith(new Verdict.Ignored(IgnoreReason.REPEATED_SIGNAL));
    assertThat(signal(kept, "approval", "s-1", APPROVED).statusCode()).isEqualTo(200);
    String taken = insert(Journey.toTheApproval().signal("s-1").abort());
    requests.answerWith(new Verdict.Ignored(IgnoreReason.TERMINAL));
    // then
    assertThat(signal(taken, "approval", "s-1", APPROVED).statusCode()).isEqualTo(200);
  }

  @Test
  void shouldBe409_whenAnotherSignalCameBefore() {
    // given
    String id = insert(Journey.toTheApproval().signal("s-1"));
    requests.answerWith(new Verdict.Ignored(IgnoreReason.REPEATED_SIGNAL));
    // then
    assertProblem(signal(id, "approval", "s-2", APPROVED), 409, "not-possible-now")
        .contains("another signal");
  }

  @Test
  void shouldBe409_whenItIsTooLate() {
    // given
    String id = insert(Journey.toTheApproval().cancel());
    requests.answerWith(new Verdict.Ignored(IgnoreReason.TURNED_BACK));
    // then
    assertProblem(signal(id, "approval", "s-1", APPROVED), 409, "not-possible-now")
        .startsWith("Expected to give signal 'approval' to saga '" + id + "', but it has turned");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "aproval",
        "charge",
        "approval/P-1",
        "parcels",
        "No%20Name",
        "approval/a/b",
        "%20"
      })
  void shouldBe422_whenNobodyAwaitsIt(String name) {
    // given
    String id = insert(Journey.toTheApproval());
    // then
    assertProblem(
            json()
                .urlEncodingEnabled(false)
                .body(APPROVED)
                .post(SAGAS + "/" + id + "/signals/" + name),
            422,
            "unknown-part")
        .startsWith("Expected the name of a signal");
    assertThat(requests.asked()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "{\"by\":[]}", "7", "[]", "{", "{\"by\":\"a\"} {}"})
  void shouldBe400_whenItIsNoSuchSignal(String body) {
    // given
    String id = insert(Journey.toTheApproval());
    // then
    assertProblem(signal(id, "approval", "s-1", body), 400, "invalid-request");
    assertThat(requests.asked()).isEmpty();
  }

  @Test
  void shouldBe400_whenTheSignalsIdCanBeNone() {
    // given
    String id = insert(Journey.toTheApproval());
    // then
    assertProblem(signal(id, "approval", "a b", APPROVED), 400, "invalid-request")
        .contains("Idempotency-Key");
    assertProblem(signal(id, "approval", "x".repeat(201), APPROVED), 400, "invalid-request");
    assertThat(signal(id, "approval", "x".repeat(200), APPROVED).statusCode()).isEqualTo(202);
  }

  @Test
  void shouldTellSignalsApart_whenTheyHaveNoId() {
    // given
    String address = SAGAS + "/" + insert(Journey.toTheApproval()) + "/signals/approval";
    // when
    json().body(APPROVED).post(address);
    json().body(APPROVED).post(address);
    // then
    assertThat(requests.asked()).doesNotHaveDuplicates().hasSize(2);
  }

  @Test
  void shouldBe404_whenThereIsNoSuchSaga() {
    assertProblem(
        signal(UUID.randomUUID().toString(), "approval", "s-1", APPROVED), 404, "unknown-saga");
    assertProblem(signal("17", "approval", "s-1", APPROVED), 400, "invalid-request");
  }

  @Test
  void shouldSayWhenToComeBack_whenUnavailable() {
    // given
    String id = insert(Journey.toTheApproval());
    requests.beUnavailable();
    // then
    assertProblem(signal(id, "approval", "s-1", APPROVED), 503, "unavailable");
  }
}
