package io.skald.orchestrator.rest;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.skald.standalone.quarkus.EmbeddedStack;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The OpenAPI document. */
@QuarkusTest
@TestProfile(RestProfile.class)
@WithTestResource(EmbeddedStack.class)
final class OpenApiTest extends RestFixture {

  @Test
  @SuppressWarnings("unchecked")
  void shouldHaveEveryOperationWithAnExample_whenTheDocumentIsRead() {
    // when
    JsonPath document = get("/q/openapi?format=json").then().statusCode(200).extract().jsonPath();
    // then
    Map<String, Map<String, Map<String, Object>>> paths = document.getMap("paths");
    List<String> operations = new ArrayList<>();
    paths.forEach(
        (path, methods) ->
            methods.forEach(
                (method, operation) -> {
                  operations.add(method + " " + path + " " + operation.get("operationId"));
                  Map<String, Map<String, Object>> responses =
                      (Map<String, Map<String, Object>>)
                          Objects.requireNonNull(operation.get("responses"));
                  responses.forEach(
                      (status, response) ->
                          assertThat(response.toString())
                              .as(path + " " + method + " " + status)
                              .containsPattern("examples|#/components/responses/Skald"));
                }));
    assertThat(operations)
        .contains(
            "post /api/v1/sagas/{definition} startSaga",
            "get /api/v1/sagas listSagas",
            "get /api/v1/sagas/{id} getSaga",
            "get /api/v1/sagas/{id}/journal getSagaJournal",
            "post /api/v1/sagas/{id}/cancel cancelSaga",
            "post /api/v1/sagas/{id}/resume resumeSaga",
            "post /api/v1/sagas/{id}/abort abortSaga",
            "get /api/v1/sagas/{id}/diagram getSagaDiagram",
            "post /api/v1/sagas/{id}/retry retrySaga",
            "post /api/v1/sagas/{id}/steps/{step}/skip skipStep",
            "post /api/v1/sagas/{id}/signals/{name} sendSignal",
            "post /api/v1/sagas/{id}/{verb}/preview previewVerb",
            "post /api/v1/sagas/{id}/steps/{step}/skip/preview previewSkip",
            "get /api/v1/definitions listDefinitions",
            "get /api/v1/definitions/{name} listDefinitionVersions",
            "get /api/v1/definitions/{name}/{version} getDefinition");
    Map<String, Object> shared = document.getMap("components.responses");
    assertThat(shared).hasSizeGreaterThanOrEqualTo(8);
    assertThat(shared.values())
        .allSatisfy(each -> assertThat(each.toString()).contains("examples"));
    assertThat(document.getMap("components.schemas")).containsKeys("Saga", "Step", "Problem");
  }
}
