package io.skald.orchestrator.rest;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static io.skald.orchestrator.rest.Calls.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.skald.standalone.quarkus.EmbeddedStack;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Definitions as JSON and as charts. */
@QuarkusTest
@TestProfile(RestProfile.class)
@WithTestResource(EmbeddedStack.class)
final class SeeDefinitionsTest extends RestFixture {

  @Test
  void shouldShowDefinitionsAndWhatIsLive_whenAsked() {
    // given
    insertRunning();
    // when
    JsonPath list = get("/api/v1/definitions").then().statusCode(200).extract().jsonPath();
    JsonPath versions =
        get("/api/v1/definitions/order").then().statusCode(200).extract().jsonPath();
    // then
    assertThat(list.getList("definitions.name", String.class)).contains("order");
    assertThat(versions.getList("definitions.version", Integer.class)).containsExactly(1);
    assertThat(versions.getInt("definitions[0].live.running")).isEqualTo(1);
    assertThat(versions.getString("definitions[0].href")).isEqualTo("/api/v1/definitions/order/1");
  }

  @Test
  void shouldShowADefinition_whenAsked() {
    // when
    Response response = get("/api/v1/definitions/order/1");
    // then
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.contentType()).startsWith("application/json");
    assertThat(response.jsonPath().getString("steps[3].kind")).isEqualTo("PIVOT");
    assertThat(response.jsonPath().getString("mermaid")).isEqualTo(Orders.ORDER.toMermaid());
    assertThat(response.jsonPath().getInt("live.running")).isZero();
  }

  @Test
  void shouldShowTheChartAlone_whenAskedByNameOnly() {
    String path = "/api/v1/definitions/order/1";
    Response byParameter = get(path + "?format=mermaid");
    assertThat(byParameter.contentType()).startsWith("text/plain");
    assertThat(byParameter.asString()).isEqualTo(Orders.ORDER.toMermaid());
    Response byHeader = given().accept("text/vnd.mermaid").get(path);
    assertThat(byHeader.contentType()).startsWith("text/vnd.mermaid");
    assertThat(byHeader.asString()).isEqualTo(Orders.ORDER.toMermaid());
    for (String accept :
        List.of("*/*", "application/json", "text/html, */*;q=0.8", "text/vnd.mermaid;q=0.1, */*")) {
      assertThat(given().accept(accept).get(path).contentType()).startsWith("application/json");
    }
  }

  @Test
  void shouldRefuse_whenADefinitionIsAskedForOddly() {
    assertProblem(get("/api/v1/definitions/nothing"), 404, "unknown-definition").contains("order");
    assertProblem(get("/api/v1/definitions/order/2"), 404, "unknown-definition")
        .contains("order v1");
    assertProblem(get("/api/v1/definitions/order/x"), 400, "invalid-request");
    assertProblem(get("/api/v1/definitions/order/99999999999"), 400, "invalid-request");
    assertProblem(get("/api/v1/definitions/order/1?format=png"), 400, "invalid-request");
    assertProblem(get("/api/v1/definitions?x=1"), 400, "invalid-request");
    assertProblem(
        given().accept("image/png").get("/api/v1/definitions/order/1"), 406, "not-acceptable");
  }
}
