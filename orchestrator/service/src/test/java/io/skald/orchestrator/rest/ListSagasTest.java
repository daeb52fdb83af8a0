package io.skald.orchestrator.rest;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static io.skald.orchestrator.rest.Calls.SAGAS;
import static io.skald.orchestrator.rest.Calls.assertProblem;
import static io.skald.orchestrator.rest.Orders.NOON;
import static io.skald.orchestrator.rest.Orders.step;
import static io.skald.orchestrator.rest.Orders.succeeded;
import static io.skald.orchestrator.rest.Orders.unknown;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.skald.machine.ParkReason;
import io.skald.machine.SagaState;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.StepName;
import io.skald.standalone.quarkus.EmbeddedStack;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists of sagas: pages, filters, and a database that does not answer. */
@QuarkusTest
@TestProfile(RestProfile.class)
@WithTestResource(EmbeddedStack.class)
final class ListSagasTest extends RestFixture {

  @Test
  void shouldSeeEachSagaOnce_whenRowsAreAddedWhilePaging() {
    // given: some created at the very same instant
    Set<String> before = new HashSet<>();
    for (int i = 0; i < 25; i++) {
      before.add(insertRunning("ORD-" + i, NOON.plusSeconds(i / 5)).toString());
    }
    // when
    List<String> seen = new ArrayList<>();
    String page = SAGAS + "?limit=4&definition=order";
    int added = 0;
    while (page != null) {
      Response response = get(page);
      JsonPath list = response.then().statusCode(200).extract().jsonPath();
      seen.addAll(list.getList("sagas.id", String.class));
      page = list.getString("next");
      if (page != null) {
        assertThat(response.header("Link")).isEqualTo("<" + page + ">; rel=\"next\"");
      }
      insertRunning("NEW-" + added++, NOON.plusSeconds(1_000));
    }
    // then
    assertThat(seen).doesNotHaveDuplicates().hasSize(25).containsAll(before);
  }

  @Test
  void shouldBeTheNewestFirst_whenListed() {
    // given
    insertRunning("OLD", NOON);
    insertRunning("NEW", NOON.plusSeconds(60));
    // then
    assertThat(get(SAGAS).jsonPath().getList("sagas.key", String.class))
        .containsExactly("NEW", "OLD");
    assertThat(get(SAGAS).jsonPath().getString("next")).isNull();
  }

  @Test
  void shouldFilter_whenAsked() {
    // given
    SagaId running = insertRunning("A", NOON);
    SagaId parked = SagaId.forKey("order", "B");
    rows.insert(
        new SagaState.Parked(
            new SagaState.Running(
                Orders.core(
                    parked,
                    "B",
                    NOON.plusSeconds(60),
                    3,
                    step("payment", succeeded()),
                    step("shipping", unknown(3)))),
            ParkReason.STEP_GIVEN_UP,
            Optional.of(new StepName("shipping")),
            Orders.problem("TIMEOUT"),
            NOON.plusSeconds(61)));
    // then
    assertThat(listed("status=PARKED")).containsExactly(parked.toString());
    assertThat(listed("status=parked,RUNNING"))
        .containsExactly(parked.toString(), running.toString());
    assertThat(listed("status=COMPLETED")).isEmpty();
    assertThat(listed("key=A")).containsExactly(running.toString());
    assertThat(listed("definition=nowhere")).isEmpty();
    assertThat(listed("from=2026-01-31T12:01:00Z")).containsExactly(parked.toString());
    assertThat(listed("from=2026-01-31T14:01:00+02:00")).containsExactly(parked.toString());
    assertThat(listed("to=2026-01-31T12:01:00Z")).containsExactly(running.toString());
    assertThat(listed("key=' or 1=1 --")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "status=DONE",
        "status=RUNNING,",
        "limit=0",
        "limit=201",
        "limit=-1",
        "limit=many",
        "limit=1&limit=2",
        "from=yesterday",
        "from=2026-01-31",
        "from=-999999999-01-01T00:00:00Z",
        "to=%2B999999999-12-31T23:59:59Z",
        "from=2026-01-31T12:00:00Z&to=2026-01-31T12:00:00Z",
        "definition=Order",
        "definition=a'b",
        "key=%00",
        "cursor=x",
        "cursor=AAAA",
        "cursor=!!!",
        "cursor=AX9_f39_f39_f39_f39_f39_f39_f39_f39_f38",
        "sort=key",
        "offset=10",
      })
  void shouldNameWhatIsAllowed_whenAFilterIsBad(String query) {
    assertProblem(
            given().urlEncodingEnabled(false).get(SAGAS + "?" + query), 400, "invalid-request")
        .startsWith("Expected");
  }

  @Test
  void shouldDrawTheLine_whenAKeyIsLongOrAPageIsLarge() {
    assertThat(listed("key=" + "k".repeat(512))).isEmpty();
    assertProblem(get(SAGAS + "?key=" + "k".repeat(513)), 400, "invalid-request").contains("512");
    assertThat(listed("limit=200")).isEmpty();
    assertProblem(get(SAGAS + "?limit=201"), 400, "invalid-request").contains("1 to 200");
  }

  @Test
  void shouldSayWhichThereAre_whenTheStatusIsUnknown() {
    assertProblem(get(SAGAS + "?status=DONE"), 400, "invalid-request")
        .contains("QUEUED, RUNNING, COMPENSATING, PARKED, HELD, COMPLETED, COMPENSATED, ABORTED");
  }

  @Test
  void shouldLosePatience_whenTheDatabaseDoesNotAnswer() {
    rows.whileLocked(
        "saga",
        () -> {
          Response response = get(SAGAS);
          assertProblem(response, 503, "unavailable");
          assertThat(response.header("Retry-After")).isNotNull();
          // Definitions can do without the counts.
          JsonPath definitions =
              get("/api/v1/definitions").then().statusCode(200).extract().jsonPath();
          assertThat(definitions.getMap("definitions[0]")).doesNotContainKey("live");
        });
  }

  @Test
  void shouldBeUnavailableAtMost_whenTheDatabaseHasCutItsConnections() {
    // given
    rows.execute(
        "select pg_terminate_backend(pid) from pg_stat_activity"
            + " where datname = current_database() and pid <> pg_backend_pid()");
    // then
    for (int i = 0; i < 30; i++) {
      assertThat(get(SAGAS).statusCode()).isIn(200, 503);
      assertThat(get(SAGAS + "/" + UUID.randomUUID()).statusCode()).isIn(404, 503);
    }
    rows.forgetConnections();
    assertThat(get(SAGAS).statusCode()).isEqualTo(200);
  }

  private static List<String> listed(String query) {
    return get(SAGAS + "?" + query)
        .then()
        .statusCode(200)
        .extract()
        .jsonPath()
        .getList("sagas.id", String.class);
  }
}
