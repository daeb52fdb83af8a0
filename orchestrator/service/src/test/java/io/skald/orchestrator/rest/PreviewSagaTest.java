package io.skald.orchestrator.rest;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static io.skald.orchestrator.rest.Calls.SAGAS;
import static io.skald.orchestrator.rest.Calls.assertProblem;
import static io.skald.orchestrator.rest.Calls.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.skald.orchestrator.testing.Everything;
import io.skald.standalone.quarkus.EmbeddedStack;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Previews of the verbs, and the chart of a saga. */
@QuarkusTest
@TestProfile(RestProfile.class)
@WithTestResource(EmbeddedStack.class)
final class PreviewSagaTest extends RestFixture {

  private String insert(Journey journey) {
    rows.insert(journey.state());
    return journey.state().core().id().toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"cancel", "resume", "retry", "abort"})
  void shouldAskNobodyAndWriteNothing_whateverIsPreviewed(String verb) {
    // given
    String id = insert(Journey.toTheApproval());
    String before = get(SAGAS + "/" + id).asString();
    // when
    Response response = given().post(SAGAS + "/" + id + "/" + verb + "/preview");
    // then
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.jsonPath().getString("verb")).isEqualTo(verb);
    assertThat(requests.asked()).isEmpty();
    assertThat(get(SAGAS + "/" + id).asString()).isEqualTo(before);
    assertThat(get(SAGAS + "/" + id + "/journal").jsonPath().getList("entries")).isEmpty();
  }

  @Test
  void shouldShowCommandsWithTheirPayload_whenACancelIsPreviewed() {
    // given
    String id = insert(Journey.toTheApproval());
    // when
    JsonPath preview =
        json()
            .body("{\"reason\":\"changed her mind\",\"actor\":\"maria\"}")
            .post(SAGAS + "/" + id + "/cancel/preview")
            .jsonPath();
    // then
    assertThat(preview.getBoolean("possible")).isTrue();
    assertThat(preview.getString("status")).isEqualTo("COMPENSATING");
    assertThat(preview.getString("commands[0].payload.about")).isEqualTo("P-1");
    assertThat(preview.getString("words[0]")).contains("changed her mind").contains("maria");
  }

  @Test
  void shouldSayWhyNot_whenAResumeIsPreviewedOfARunningSaga() {
    // given
    String id = insert(Journey.toTheApproval());
    // when
    JsonPath preview = given().post(SAGAS + "/" + id + "/resume/preview").jsonPath();
    // then
    assertThat(preview.getBoolean("possible")).isFalse();
    assertThat(preview.getString("because")).contains("only PARKED sagas can be resumed");
  }

  @Test
  void shouldShowWhatFollows_whenASkipIsPreviewed() {
    // given
    String id = insert(Journey.toTheParcels());
    // when
    JsonPath preview =
        json()
            .body("{\"reply\":{\"what\":\"pack\"}}")
            .post(SAGAS + "/" + id + "/steps/pack/P-1/skip/preview")
            .jsonPath();
    // then
    assertThat(preview.getBoolean("possible")).isTrue();
    assertThat(preview.getList("commands.step", String.class)).containsExactly("pack/P-3");
    assertThat(requests.asked()).isEmpty();
  }

  @Test
  void shouldRefuse_whenAPreviewIsAskedForOddly() {
    String id = insert(Journey.toTheApproval());
    assertProblem(
        given().post(SAGAS + "/" + UUID.randomUUID() + "/cancel/preview"), 404, "unknown-saga");
    assertProblem(given().post(SAGAS + "/" + id + "/explode/preview"), 404, "not-found");
    assertProblem(
        json().body("[]").post(SAGAS + "/" + id + "/cancel/preview"), 400, "invalid-request");
    assertProblem(
        json().body("{}").post(SAGAS + "/" + id + "/steps/x/skip/preview"), 422, "unknown-part");
    assertProblem(get(SAGAS + "/" + id + "/cancel/preview"), 405, "method-not-allowed");
  }

  @Test
  void shouldDrawTheSaga_whenItsChartIsAskedFor() {
    // given
    Journey journey = Journey.toTheParcels().succeed("pack/P-1");
    String id = insert(journey);
    // when
    Response response = get(SAGAS + "/" + id + "/diagram");
    // then
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.contentType()).startsWith("text/vnd.mermaid");
    assertThat(response.asString())
        .startsWith(Everything.DEFINITION.toMermaid())
        .contains("class step_pack is_under_way");
    assertThat(given().accept("text/plain").get(SAGAS + "/" + id + "/diagram").contentType())
        .startsWith("text/plain");
    assertProblem(get(SAGAS + "/" + id + "/diagram?x=1"), 400, "invalid-request");
    assertProblem(get(SAGAS + "/" + UUID.randomUUID() + "/diagram"), 404, "unknown-saga");
  }

  @Test
  void shouldShowBlocks_whenASagaIsSeen() {
    // given
    String id = insert(Journey.toTheApproval());
    // when
    JsonPath saga = get(SAGAS + "/" + id).jsonPath();
    // then
    assertThat(saga.getList("blocks.name", String.class))
        .containsExactly("prepare", "customs", "parcels", "approval", "cooling", "tell");
    assertThat(saga.getString("blocks[3].signal")).isEqualTo("Approved v1");
    assertThat(saga.getString("blocks[2].items[2].standing")).isEqualTo("DONE");
  }
}
