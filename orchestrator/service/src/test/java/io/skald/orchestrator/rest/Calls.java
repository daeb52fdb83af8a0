package io.skald.orchestrator.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.UUID;
import org.assertj.core.api.AbstractStringAssert;

/** Calls of the REST API, and how a problem must look. */
final class Calls {

  static final String SAGAS = "/api/v1/sagas";
  static final String BODY =
      "{\"orderId\":\"ORD-1\",\"quantity\":2,\"total\":99.90,\"unknownMember\":[1]}";

  private Calls() {}

  static RequestSpecification json() {
    return given().contentType(ContentType.JSON);
  }

  static RequestSpecification prefer(String preference) {
    return json().header("Prefer", preference);
  }

  static Response start(String key, String body) {
    return json().header("Idempotency-Key", key).body(body).post(SAGAS + "/order");
  }

  static Response post(String body) {
    return json().body(body).post(SAGAS + "/order");
  }

  static Response steer(String id, String verb) {
    return json()
        .body("{\"reason\":\"because\",\"actor\":\"maria\"}")
        .post(SAGAS + "/" + id + "/" + verb);
  }

  static String freshKey() {
    return "K-" + UUID.randomUUID();
  }

  static AbstractStringAssert<?> assertProblem(Response response, int status, String type) {
    assertThat(response.statusCode()).as(response.asString()).isEqualTo(status);
    assertThat(response.contentType()).startsWith("application/problem+json");
    JsonPath problem = response.jsonPath();
    assertThat(problem.getString("type")).isEqualTo("urn:skald:problem:" + type);
    assertThat(problem.getString("title")).isNotBlank();
    assertThat(problem.getInt("status")).isEqualTo(status);
    assertThat(problem.getString("instance")).startsWith("/api/");
    assertThat(response.asString())
        .doesNotContainPattern(
            "(io|com|java|org|jakarta)\\.[a-z]+\\.|Exception|\\bselect\\b|\\tat ");
    return assertThat(problem.getString("detail"));
  }

  /** What is none never gets past the server's front door, which says 400 and no more. */
  static boolean isUri(String text) {
    try {
      new URI(text);
      return true;
    } catch (URISyntaxException notOne) {
      return false;
    }
  }
}
