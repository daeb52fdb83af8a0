package io.skald.orchestrator.rest;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.skald.standalone.quarkus.EmbeddedStack;
import java.io.IOException;
import java.util.Random;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.sessions.JqwikSession;
import org.junit.jupiter.api.Test;

/**
 * Whatever is asked, only the caller is to blame: never a 5xx, and each refusal is a problem that
 * gives nothing away. The requests are jqwik's; {@code -Djqwik.tries.default=100000} for a long
 * run.
 */
@QuarkusTest
@TestProfile(RestProfile.class)
@WithTestResource(EmbeddedStack.class)
final class RestFuzzTest extends RestFixture {

  private static final int TRIES = Integer.getInteger("jqwik.tries.default", 1_000);

  private static final int STATUS = "HTTP/1.1 ".length();

  /** Java, SQL, and what a template or a parser would say of itself. */
  private static final String GIVEN_AWAY =
      "(io|com|java|org|jakarta)\\.[a-z]+\\.|Exception\\b|(?i)\\bselect \\w+ from\\b|\\tat"
          + " |Jackson";

  @Test
  void shouldOnlyBlameTheCaller_whateverIsAsked() throws IOException {
    // given
    String saga = insertRunning().toString();
    JqwikSession.start();
    try {
      RandomGenerator<AnyRequest> requests = AnyRequest.requests(saga).generator(1_000, true);
      Random random = new Random();
      for (int i = 0; i < TRIES; i++) {
        // when
        AnyRequest request = requests.next(random).value();
        String answer =
            http()
                .send(request.method() + " " + request.target(), request.headers(), request.body());
        // then
        assertThat(answer).as(request.toString()).matches("(?s)HTTP/1\\.[01] [24]\\d\\d .*");
        if (answer.startsWith("4", STATUS)) {
          assertIsARefusal(request, answer);
        }
      }
    } finally {
      JqwikSession.finish();
    }
    assertThat(get(Calls.SAGAS + "/" + saga).statusCode()).isEqualTo(200);
  }

  private static void assertIsARefusal(AnyRequest request, String answer) {
    String[] parts = answer.split("\r\n\r\n", 2);
    String body = parts.length == 2 ? parts[1] : "";
    if (body.isEmpty() && !request.isHttp()) {
      return;
    }
    assertThat(parts[0]).as(request + "\n" + answer).contains("application/problem+json");
    assertThat(body).as(request.toString()).doesNotContainPattern(GIVEN_AWAY);
    JsonPath problem = JsonPath.from(body);
    assertThat(problem.getString("type")).as(body).startsWith("urn:skald:problem:");
    assertThat(problem.getString("title")).as(body).isNotBlank();
    assertThat(problem.getString("detail")).as(body).isNotBlank();
    assertThat(problem.getInt("status"))
        .as(body)
        .isEqualTo(Integer.parseInt(answer.substring(STATUS, STATUS + 3)));
  }
}
