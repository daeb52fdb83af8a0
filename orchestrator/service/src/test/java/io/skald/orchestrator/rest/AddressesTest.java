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
import io.restassured.response.Response;
import io.skald.standalone.quarkus.EmbeddedStack;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses and methods that lead nowhere. */
@QuarkusTest
@TestProfile(RestProfile.class)
@WithTestResource(EmbeddedStack.class)
final class AddressesTest extends RestFixture {

  @ParameterizedTest
  @ValueSource(
      strings = {"/api", "/api/", "/api/v1", "/api/v2/sagas", "/api/v1/sagas/a/b/c", "/api/x"})
  void shouldBe404_whenThereIsNothingThere(String path) {
    Response response = get(path);
    assertThat(response.statusCode()).isEqualTo(404);
    if (path.startsWith("/api/")) {
      assertProblem(response, 404, "not-found");
    }
  }

  @Test
  void shouldBe405_whenTheMethodIsWrong() {
    assertProblem(given().delete(SAGAS), 405, "method-not-allowed").contains("DELETE");
    assertProblem(json().body("{}").put(SAGAS + "/order"), 405, "method-not-allowed");
    assertProblem(json().body("{}").patch("/api/v1/definitions/order"), 405, "method-not-allowed");
    assertProblem(get(SAGAS + "/" + UUID.randomUUID() + "/cancel"), 405, "method-not-allowed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/sagas;x",
        "/api/v1/sagas;x=1/order",
        "/api/v1/sagas%3Bx",
        "/api/v1//sagas",
        "//api/v1/sagas",
        "/api/v1/sagas//",
        "/api/v1/sagas%2f",
        "/api/v1%2fsagas",
        "/api/v1/..%2fv1/sagas",
        "/api/v1/../v1/sagas",
        "/API/V1/SAGAS",
        "/api/v1/sagas.",
        "/api/v1/sagas/.",
        "/api/v1/sagas/%",
        "/api/v1/sagas/%zz",
        "/api/v1/sagas/%ff%fe",
        "/api/v1/sagas/%00",
        "/api/v1/sagas?%",
        "/api/v1/sagas?%zz=1",
        "/api/v1/sagas?=",
        "/api/v1/sagas?&&&",
        "/api/v1/sagas?limit=%ff",
        "/api/v1/definitions/order/%2e%2e",
        "/api/v1/definitions/<script>",
        "/api/v1/definitions/\"",
        "/api/v1/definitions/order/1;v=2",
      })
  void shouldNotFail_whenThePathIsMangled(String path) throws IOException {
    for (String method : List.of("GET", "POST", "DELETE", "HEAD", "OPTIONS", "BREW")) {
      String answer =
          http().send(method + " " + path, List.of("Content-Type: application/json"), "{}");
      assertThat(answer).as(method + " " + path).matches("(?s)HTTP/1.1 [24].*");
      // What is no URI never gets past the server's front door, which says 400 and no more.
      if (answer.startsWith("HTTP/1.1 4") && path.startsWith("/api/") && Calls.isUri(path)) {
        assertThat(answer).as(method + " " + path).contains("application/problem+json");
      }
    }
  }

  @Test
  void shouldLeaveOtherAddressesAlone_whenTheyAreNotOurs() {
    assertThat(get("/elsewhere").statusCode()).isEqualTo(404);
    assertThat(get("/elsewhere").contentType()).doesNotContain("problem+json");
  }
}
