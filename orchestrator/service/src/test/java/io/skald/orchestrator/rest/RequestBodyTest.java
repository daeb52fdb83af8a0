package io.skald.orchestrator.rest;

import static io.skald.orchestrator.rest.Calls.BODY;
import static io.skald.orchestrator.rest.Calls.SAGAS;
import static io.skald.orchestrator.rest.Calls.assertProblem;
import static io.skald.orchestrator.rest.Calls.freshKey;
import static io.skald.orchestrator.rest.Calls.json;
import static io.skald.orchestrator.rest.Calls.start;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.skald.standalone.quarkus.EmbeddedStack;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a body must be, whatever it says: JSON of decent size in the shape of its data. */
@QuarkusTest
@TestProfile(RestProfile.class)
@WithTestResource(EmbeddedStack.class)
final class RequestBodyTest extends RestFixture {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   ",
        "{",
        "nonsense",
        "null",
        "[]",
        "17",
        "\"text\"",
        "{} {}",
        "{\"orderId\":\"a\"} trailing",
        "{\"orderId\":\"a\",\"orderId\":\"b\"}",
        "{\"quantity\":\"many\"}",
        "{\"quantity\":1e99}",
        "{\"quantity\":[1]}",
        "{\"quantity\":1e999999999}",
        "{\"total\":{}}",
        "{\"express\":\"perhaps\"}",
        "{\"quantity\":-1}",
        "{\"orderId\":\u0000}",
        "{'orderId':'a'}",
        "{\"orderId\":NaN}",
      })
  void shouldRefuse_whenTheBodyIsNotTheDefinitionsData(String body) {
    assertProblem(start(freshKey(), body), 400, "invalid-request").startsWith("Expected");
    assertThat(requests.asked()).isEmpty();
  }

  @Test
  void shouldNameTheMember_whenItsShapeIsWrong() {
    assertProblem(start(freshKey(), "{\"quantity\":\"many\"}"), 400, "invalid-request")
        .isEqualTo(
            "Expected the data of definition 'order', but member 'quantity' is not a whole number"
                + " in range");
  }

  @Test
  void shouldPassOnWhatTheDataSay_whenTheyRefuseThemselves() {
    assertProblem(start(freshKey(), "{\"quantity\":-1}"), 400, "invalid-request")
        .endsWith("is refused: Expected a quantity of 0 or above, but found less");
  }

  @Test
  void shouldRefuse_whenTheBodyIsNotUtf8() {
    assertProblem(
        json().body(new byte[] {'{', '"', (byte) 0xc3, '"', ':', '1', '}'}).post(SAGAS + "/order"),
        400,
        "invalid-request");
  }

  @Test
  void shouldDrawTheLineAt64_whenTheBodyIsDeep() {
    assertThat(start(freshKey(), deep(63)).statusCode()).isEqualTo(201);
    assertProblem(start(freshKey(), deep(64)), 400, "invalid-request").contains("64 deep");
    assertProblem(start(freshKey(), deep(50_000)), 400, "invalid-request");
  }

  @Test
  void shouldDrawTheLineAtAThousandDigits_whenANumberIsLong() {
    assertThat(start(freshKey(), "{\"x\":" + "9".repeat(1_000) + "}").statusCode()).isEqualTo(201);
    assertProblem(start(freshKey(), "{\"x\":" + "9".repeat(1_001) + "}"), 400, "invalid-request")
        .contains("absurd length");
  }

  @Test
  void shouldDrawTheLineAt256KiB_whenTheBodyIsLarge() {
    assertThat(start(freshKey(), sized(256 * 1024)).statusCode()).isEqualTo(201);
    assertProblem(start(freshKey(), sized(256 * 1024 + 1)), 413, "too-large");
    assertProblem(start(freshKey(), sized(1024 * 1024)), 413, "too-large");
  }

  @Test
  void shouldStillBeAProblem_whenTheServersOwnLimitIsPassed() throws IOException {
    for (int bytes : List.of(1024 * 1024 + 1, 3 * 1024 * 1024)) {
      assertThat(http().announce("/api/v1/sagas/order", bytes))
          .startsWith("HTTP/1.1 413")
          .contains("application/problem+json", "too-large");
    }
  }

  @Test
  void shouldStillBeAProblem_whenABodyOfUnknownLengthIsTooLarge() throws IOException {
    String answer = http().sendInChunks("/api/v1/sagas/order", 1_500_000);
    assertThat(answer).startsWith("HTTP/1.1 413").contains("application/problem+json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/xml",
        "application/x-www-form-urlencoded",
        "application/problem+json",
        "application/json;charset=utf-16",
        "multipart/form-data; boundary=x",
      })
  void shouldRefuse_whenTheContentTypeIsNotJson(String type) throws IOException {
    String answer = http().send("POST /api/v1/sagas/order", List.of("Content-Type: " + type), BODY);
    assertThat(answer).startsWith("HTTP/1.1 415").contains("unsupported-media-type");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/", ";", "json", "a/b/c", "application/json;charset", "\u0001", "*/*;q=x"})
  void shouldNotFail_whenContentTypeOrAcceptIsGarbage(String garbage) throws IOException {
    for (String header : List.of("Content-Type: ", "Accept: ")) {
      String answer = http().send("POST /api/v1/sagas/order", List.of(header + garbage), BODY);
      assertThat(answer).as(header + garbage).matches("(?s)HTTP/1.1 [24].*");
    }
  }

  @Test
  void shouldRefuse_whenTheBodyIsEncoded() {
    assertProblem(
        json().header("Content-Encoding", "gzip").body(BODY).post(SAGAS + "/order"),
        415,
        "unsupported-media-type");
  }

  /** An object whose value is nested so that the whole is {@code levels + 1} deep. */
  private static String deep(int levels) {
    return "{\"x\":" + "[".repeat(levels) + "]".repeat(levels) + "}";
  }

  private static String sized(int bytes) {
    String frame = "{\"express\":false,\"orderId\":\"\",\"quantity\":1,\"total\":1.0}";
    return frame.replace(
        "\"orderId\":\"\"", "\"orderId\":\"" + "x".repeat(bytes - frame.length()) + "\"");
  }
}
