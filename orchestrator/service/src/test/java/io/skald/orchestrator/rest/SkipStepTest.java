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
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Steps that an operator takes for done. */
@QuarkusTest
@TestProfile(RestProfile.class)
@WithTestResource(EmbeddedStack.class)
final class SkipStepTest extends RestFixture {

  private String insert(Journey journey) {
    rows.insert(journey.state());
    return journey.state().core().id().toString();
  }

  private static Response skip(String id, String step, String body) {
    return json()
        .urlEncodingEnabled(false)
        .body(body)
        .post(SAGAS + "/" + id + "/steps/" + step + "/skip");
  }

  @Test
  void shouldAccept_whenAnActionIsTakenForDone() {
    // given
    String id = insert(Journey.toTheParcels());
    // when
    Response response =
        skip(
            id,
            "pack/P-1",
            "{\"reason\":\"by hand\",\"actor\":\"maria\",\"reply\":{\"what\":\"pack\"}}");
    // then
    assertThat(response.statusCode()).isEqualTo(202);
    assertThat(requests.asked())
        .containsExactly(
            "skip ACTION of pack/P-1 as {\"what\":\"pack\"} " + id + " E-1 by maria: by hand");
  }

  @Test
  void shouldNotWantAReply_whenACompensationIsTakenForDone() {
    // given
    String id = insert(Journey.toTheApproval().cancel());
    // then: what the saga is at, and what is said
    for (String phase : List.of("", ",\"phase\":\"compensation\"")) {
      assertThat(skip(id, "pack/P-1", "{\"reason\":\"by hand\"" + phase + "}").statusCode())
          .isEqualTo(202);
    }
    assertThat(requests.asked())
        .containsOnly("skip COMPENSATION of pack/P-1 as null " + id + " E-1 by anonymous: by hand");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "{\"reply\":{\"what\":\"pack\"}}",
        "{\"reason\":\"by hand\"}",
        "{\"reason\":\"by hand\",\"reply\":null}",
        "{\"reason\":\"by hand\",\"reply\":{\"what\":[]}}",
        "{\"reason\":\"by hand\",\"reply\":\"pack\"}",
        "{\"reason\":\"by hand\",\"phase\":\"both\",\"reply\":{\"what\":\"pack\"}}",
        "{\"reason\":\"by hand\",\"phase\":7,\"reply\":{\"what\":\"pack\"}}",
      })
  void shouldBe400_whenTheReasonOrTheReplyIsMissing(String body) {
    // given
    String id = insert(Journey.toTheParcels());
    // then
    assertProblem(skip(id, "pack/P-1", body), 400, "invalid-request");
    assertThat(requests.asked()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"pak", "pack", "charge/P-1", "approval", "parcels", "pack/a/b"})
  void shouldBe422_whenTheDefinitionHasNoSuchStep(String step) {
    // given
    String id = insert(Journey.toTheParcels());
    // then
    assertProblem(
        skip(id, step, "{\"reason\":\"by hand\",\"reply\":{\"what\":\"pack\"}}"),
        422,
        "unknown-part");
  }

  @Test
  void shouldBe409_whenTheStepIsNotUnderWay() {
    // given
    String id = insert(Journey.toTheParcels());
    requests.answerWith(new Verdict.Ignored(IgnoreReason.NOTHING_TO_SKIP));
    // then
    assertProblem(
            skip(id, "charge", "{\"reason\":\"by hand\",\"reply\":{\"what\":\"charge\"}}"),
            409,
            "not-possible-now")
        .startsWith("Expected to skip step 'charge' of saga '" + id + "', but that step");
  }
}
