package io.skald.orchestrator.rest;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static io.skald.orchestrator.rest.Orders.NOON;
import static io.skald.orchestrator.rest.Orders.awaitingReply;
import static io.skald.orchestrator.rest.Orders.step;
import static io.skald.orchestrator.rest.Orders.succeeded;
import static io.skald.orchestrator.rest.Orders.unknown;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.skald.machine.Attempts;
import io.skald.machine.IgnoreReason;
import io.skald.machine.JournalEntry;
import io.skald.machine.ParkReason;
import io.skald.machine.SagaCore;
import io.skald.machine.SagaState;
import io.skald.machine.StepState;
import io.skald.machine.Transition;
import io.skald.machine.Verdict;
import io.skald.orchestrator.testing.EmbeddedStack;
import io.skald.saga.StepKind;
import io.skald.saga.message.MessageType;
import io.skald.saga.message.Participant;
import io.skald.saga.message.Phase;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.StepName;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(RestProfile.class)
@WithTestResource(EmbeddedStack.class)
@SuppressWarnings("NullAway.Init") // Quarkus fills the fields.
final class RestApiTest {

  private static final String SAGAS = "/api/v1/sagas";
  private static final String BODY =
      "{\"orderId\":\"ORD-1\",\"quantity\":2,\"total\":99.90,\"unknownMember\":[1]}";

  @Inject FakeRequests requests;
  @Inject Rows rows;

  @TestHTTPResource("/")
  URL server;

  @BeforeEach
  void startAfresh() {
    requests.reset();
    rows.clear();
  }

  // Start

  @Test
  void shouldAnswerWithTheSaga_whenStarted() {
    // given
    String key = freshKey();
    // when
    Response response = start(key, BODY);
    // then
    String id = SagaId.forKey("order", key).toString();
    assertThat(response.statusCode()).isEqualTo(201);
    assertThat(response.header("Location")).isEqualTo("/api/v1/sagas/" + id);
    assertThat(response.header("Preference-Applied")).isNull();
    JsonPath saga = response.jsonPath();
    assertThat(saga.getString("id")).isEqualTo(id);
    assertThat(saga.getString("key")).isEqualTo(key);
    assertThat(saga.getString("status")).isEqualTo("RUNNING");
    assertThat(saga.getString("data.orderId")).isEqualTo("ORD-1");
    assertThat(saga.getList("steps.name", String.class))
        .containsExactly("payment", "screen", "inventory", "shipping", "notify");
    assertThat(saga.getString("next.step")).isEqualTo("payment");
    // The codec has its say: sorted members, no unknown ones, numbers as they were.
    assertThat(requests.asked())
        .containsExactly(
            "start order "
                + key
                + " {\"express\":false,\"orderId\":\"ORD-1\",\"quantity\":2,\"total\":99.90}");
    assertThat(response.asString()).contains("\"total\":99.90");
  }

  @Test
  void shouldAnswerWithTheSameSaga_whenTheStartIsRepeated() {
    // given
    String key = freshKey();
    String id = start(key, BODY).jsonPath().getString("id");
    // when
    Response again = start(key, BODY);
    // then
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(again.jsonPath().getString("id")).isEqualTo(id);
    assertThat(again.header("Location")).isEqualTo("/api/v1/sagas/" + id);
  }

  @Test
  void shouldNotRead_whenALaneOfThisProcessHasSaidHowTheSagaIs() {
    // given
    String key = freshKey();
    SagaId id = SagaId.forKey("order", key);
    requests.answerWith(
        new SagaState.Completed(
            Orders.core(id, key, Instant.now(), 9, Orders.step("payment", Orders.awaitingReply(1))),
            Instant.now()));
    // then: the table says RUNNING
    assertThat(start(key, BODY).jsonPath().getString("status")).isEqualTo("COMPLETED");
    assertThat(get(SAGAS + "/" + id).jsonPath().getString("status")).isEqualTo("RUNNING");
  }

  @Test
  void shouldRefuse_whenTheKeyIsRepeatedWithOtherData() {
    // given
    String key = freshKey();
    start(key, BODY);
    // when
    Response other = start(key, BODY.replace("99.90", "1.00"));
    // then
    assertProblem(other, 422, "conflicting-start").contains(key);
  }

  @Test
  void shouldMakeAnIdOfItsOwn_whenThereIsNoKey() {
    // when
    Response first = post(BODY);
    Response second = post(BODY);
    // then
    assertThat(first.statusCode()).isEqualTo(201);
    UUID id = UUID.fromString(first.jsonPath().getString("id"));
    assertThat(id.version()).isEqualTo(7);
    assertThat(first.jsonPath().getString("key")).isEqualTo(id.toString());
    assertThat(second.jsonPath().getString("id")).isNotEqualTo(id.toString());
  }

  @Test
  void shouldSayWhichThereAre_whenTheDefinitionIsUnknown() {
    assertProblem(json().body(BODY).post(SAGAS + "/ordr"), 404, "unknown-definition")
        .contains("ordr")
        .contains("order");
  }

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
            "Expected the data of definition 'order', but member 'quantity' is not a whole number in"
                + " range");
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
  void shouldDrawTheLineAt256KiB_whenTheBodyIsLarge() {
    assertThat(start(freshKey(), sized(256 * 1024)).statusCode()).isEqualTo(201);
    assertProblem(start(freshKey(), sized(256 * 1024 + 1)), 413, "too-large");
    assertProblem(start(freshKey(), sized(1024 * 1024)), 413, "too-large");
  }

  @Test
  void shouldStillBeAProblem_whenTheServersOwnLimitIsPassed() {
    assertProblem(start(freshKey(), sized(1024 * 1024 + 1)), 413, "too-large");
    assertProblem(start(freshKey(), sized(3 * 1024 * 1024)), 413, "too-large");
  }

  @Test
  void shouldStillBeAProblem_whenABodyOfUnknownLengthIsTooLarge() throws IOException {
    String answer = chunked("/api/v1/sagas/order", 1_500_000);
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
    String answer = raw("POST /api/v1/sagas/order", List.of("Content-Type: " + type), BODY);
    assertThat(answer).startsWith("HTTP/1.1 415").contains("unsupported-media-type");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/", ";", "json", "a/b/c", "application/json;charset", "\u0001", "*/*;q=x"})
  void shouldNotFail_whenContentTypeOrAcceptIsGarbage(String garbage) throws IOException {
    for (String header : List.of("Content-Type: ", "Accept: ")) {
      String answer = raw("POST /api/v1/sagas/order", List.of(header + garbage), BODY);
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

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "\t", "käse", "x\u007f"})
  void shouldRefuse_whenTheKeyIsNoKey(String key) throws IOException {
    String answer =
        raw(
            "POST /api/v1/sagas/order",
            List.of("Content-Type: application/json", "Idempotency-Key: " + key),
            BODY);
    assertThat(answer).startsWith("HTTP/1.1 400");
  }

  @Test
  void shouldRefuse_whenTheKeyIsTooLongOrThereTwice() {
    assertThat(start("k".repeat(200), BODY).statusCode()).isIn(200, 201);
    assertProblem(start("k".repeat(201), BODY), 400, "invalid-request").contains("Idempotency-Key");
    assertProblem(
        json().header("Idempotency-Key", "a", "b").body(BODY).post(SAGAS + "/order"),
        400,
        "invalid-request");
  }

  @Test
  void shouldHoldTheAnswer_whenTheCallerPrefersTo() {
    // when
    Response response = prefer("respond-async, wait=7; x=y").body(BODY).post(SAGAS + "/order");
    // then
    assertThat(response.statusCode()).isEqualTo(201);
    assertThat(response.header("Preference-Applied")).isEqualTo("wait=7");
    assertThat(requests.asked()).last().isEqualTo("await PT7S");
  }

  @Test
  void shouldHoldTheAnswerNoLongerThanItMay_whenTheCallerPrefersTo() {
    // when
    Response response = prefer("wait=100000").body(BODY).post(SAGAS + "/order");
    // then
    assertThat(response.header("Preference-Applied")).isEqualTo("wait=20");
    assertThat(requests.asked()).last().isEqualTo("await PT20S");
  }

  @ParameterizedTest
  @ValueSource(strings = {"wait", "wait=", "wait=-1", "wait=soon", "wait=99999999999999", ",,;="})
  void shouldPassOverThePreference_whenItIsNotUnderstood(String preference) {
    // when
    Response response = prefer(preference).body(BODY).post(SAGAS + "/order");
    // then
    assertThat(response.statusCode()).isEqualTo(201);
    assertThat(response.header("Preference-Applied")).isNull();
  }

  @Test
  void shouldSayWhenToComeBack_whenItIsUnavailable() {
    // given
    requests.beUnavailable();
    // when
    Response response = start(freshKey(), BODY);
    // then
    assertProblem(response, 503, "unavailable");
    assertThat(response.header("Retry-After")).isEqualTo("3");
  }

  @Test
  void shouldNotGiveItselfAway_whenItFails() {
    // given
    requests.beBroken();
    // then
    assertProblem(start(freshKey(), BODY), 500, "defect").doesNotContain("secret");
  }

  @Test
  void shouldSayNo_whenTheStartIsRefused() {
    // given
    requests.answerWith(
        new Verdict.Refused(
            "Expected data, but can't construct `io.skald.orchestrator.Order$Item`"));
    // then
    assertProblem(start(freshKey(), BODY), 400, "invalid-request")
        .isEqualTo("Expected data, but can't construct `Order$Item`");
  }

  // See

  @Test
  void shouldShowASaga_whenItIsThere() {
    // given
    SagaId id = insertRunning();
    // when
    JsonPath saga = get(SAGAS + "/" + id).then().statusCode(200).extract().jsonPath();
    // then
    assertThat(saga.getString("definition")).isEqualTo("order");
    assertThat(saga.getString("deadline")).isEqualTo("2026-02-03T12:00:00Z");
    assertThat(saga.getString("createdAt")).isEqualTo("2026-01-31T12:00:00Z");
    assertThat(saga.getString("steps[0].endedAt")).isEqualTo("2026-01-31T12:00:01Z");
    assertThat(saga.getString("steps[1].status")).isEqualTo("RUNNING");
    assertThat(saga.getString("steps[1].lastError.code")).isEqualTo("TIMEOUT");
    assertThat(saga.getString("links.cancel")).isEqualTo(SAGAS + "/" + id + "/cancel");
    assertThat(saga.getMap("$")).doesNotContainKeys("parked", "compensation", "aborted", "endedAt");
  }

  @Test
  void shouldShowWhatIsCommitted_whenARowChangesBehindItsBack() {
    // given
    SagaId id = insertRunning();
    assertThat(get(SAGAS + "/" + id).jsonPath().getString("status")).isEqualTo("RUNNING");
    // when
    rows.insert(new SagaState.Completed(core(id, step("payment", succeeded())), NOON));
    // then
    assertThat(get(SAGAS + "/" + id).jsonPath().getString("status")).isEqualTo("COMPLETED");
  }

  @Test
  void shouldBe404_whenThereIsNoSaga() {
    String id = UUID.randomUUID().toString();
    for (String path : List.of("", "/journal")) {
      assertProblem(get(SAGAS + "/" + id + path), 404, "unknown-saga").contains(id);
    }
    for (String verb : List.of("cancel", "resume", "abort")) {
      assertProblem(steer(id, verb), 404, "unknown-saga").contains(id);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"17", "x", "0198aaaa-0000-7000-8000-00000000000g", "%00", "%F0%9F%98%80"})
  void shouldBe400_whenTheIdIsNoId(String id) throws IOException {
    for (String path : List.of("", "/journal")) {
      assertThat(raw("GET /api/v1/sagas/" + id + path, List.of(), ""))
          .startsWith("HTTP/1.1 400")
          .contains("problem+json");
    }
    for (String verb : List.of("cancel", "resume", "abort")) {
      assertThat(
              raw(
                  "POST /api/v1/sagas/" + id + "/" + verb,
                  List.of("Content-Type: application/json"),
                  "{\"reason\":\"r\"}"))
          .startsWith("HTTP/1.1 400")
          .contains("problem+json");
    }
  }

  @Test
  void shouldShowTheGapsBetweenAttempts_whenAskedForTheJournal() {
    // given
    SagaId id = insertRunning();
    StepName payment = new StepName("payment");
    rows.insert(new Transition(id, 1, NOON, "m1", List.of(started(id), issued(payment, 1, NOON))));
    rows.insert(
        new Transition(
            id,
            2,
            NOON.plusMillis(100),
            "m2",
            List.of(
                new JournalEntry.AttemptFailed(
                    payment, Phase.ACTION, 1, Orders.problem("BUSY"), NOON.plusMillis(300)))));
    rows.insert(
        new Transition(
            id, 3, NOON.plusMillis(300), "m3", List.of(issued(payment, 2, NOON.plusMillis(300)))));
    // when
    Response response = get(SAGAS + "/" + id + "/journal");
    // then
    JsonPath journal = response.then().statusCode(200).extract().jsonPath();
    assertThat(journal.getString("saga")).isEqualTo(id.toString());
    assertThat(journal.getList("entries.type", String.class))
        .containsExactly("SagaStarted", "CommandIssued", "AttemptFailed", "CommandIssued");
    assertThat(journal.getList("entries.seq", Integer.class)).containsExactly(1, 1, 2, 3);
    assertThat(journal.getList("entries.index", Integer.class)).containsExactly(0, 1, 0, 0);
    assertThat(journal.getString("entries[2].at")).isEqualTo("2026-01-31T12:00:00.100Z");
    assertThat(journal.getString("entries[2].entry.retryAt")).isEqualTo("2026-01-31T12:00:00.300Z");
    assertThat(journal.getString("entries[3].cause")).isEqualTo("m3");
    assertThat(journal.getString("entries[1].entry.payload.orderId")).isEqualTo("ORD-1");
    assertThat(response.asString()).contains("\"total\":99.90");
    assertThat(journal.getString("next")).isNull();
  }

  @Test
  void shouldGoOnWhereItEnded_whenTheJournalIsPaged() {
    // given
    SagaId id = insertRunning();
    for (int seq = 1; seq <= 5; seq++) {
      rows.insert(
          new Transition(
              id,
              seq,
              NOON.plusSeconds(seq),
              "m" + seq,
              List.of(
                  new JournalEntry.InputIgnored("TimerFired", IgnoreReason.STALE_TIMER, ""),
                  new JournalEntry.InputIgnored("TimerFired", IgnoreReason.STALE_TIMER, ""))));
    }
    // when
    List<Integer> seen = new ArrayList<>();
    String page = SAGAS + "/" + id + "/journal?limit=2";
    while (page != null) {
      JsonPath journal = get(page).jsonPath();
      seen.addAll(journal.getList("entries.seq", Integer.class));
      page = journal.getString("next");
    }
    // then
    assertThat(seen).containsExactly(1, 1, 2, 2, 3, 3, 4, 4, 5, 5);
  }

  @Test
  void shouldSayWhatIsInTheArchive_whenTheBeginningOfAJournalHasGone() {
    // given
    SagaId id = insertRunning();
    for (int seq = 3; seq <= 4; seq++) {
      rows.insert(
          new Transition(
              id,
              seq,
              NOON.plusSeconds(seq),
              "m" + seq,
              List.of(new JournalEntry.InputIgnored("TimerFired", IgnoreReason.STALE_TIMER, ""))));
    }
    // then
    assertThat(get(SAGAS + "/" + id + "/journal").jsonPath().getInt("archivedUpTo")).isEqualTo(2);
    assertThat(get(SAGAS + "/" + id + "/journal?after=2").jsonPath().getString("archivedUpTo"))
        .isNull();
    assertThat(get(SAGAS + "/" + id + "/journal?after=4").jsonPath().getString("archivedUpTo"))
        .isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"limit=0", "limit=1001", "limit=x", "after=-1", "after=x", "page=1"})
  void shouldRefuse_whenTheJournalIsAskedForOddly(String query) {
    assertProblem(get(SAGAS + "/" + insertRunning() + "/journal?" + query), 400, "invalid-request");
  }

  // List

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
  void shouldSayWhichThereAre_whenTheStatusIsUnknown() {
    assertProblem(get(SAGAS + "?status=DONE"), 400, "invalid-request")
        .contains("RUNNING, COMPENSATING, PARKED, COMPLETED, COMPENSATED, ABORTED");
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

  // Steer

  @ParameterizedTest
  @ValueSource(strings = {"cancel", "resume", "abort"})
  void shouldAccept_whenTheSagaTakesIt(String verb) {
    // given
    SagaId id = insertRunning();
    // when
    Response response = steer(id.toString(), verb);
    // then
    assertThat(response.statusCode()).isEqualTo(202);
    assertThat(response.jsonPath().getString("id")).isEqualTo(id.toString());
    assertThat(requests.asked()).containsExactly(verb + " " + id + " ORD-1 by maria: because");
  }

  @Test
  void shouldDoWithoutABody_whenCancelledOrResumed() throws IOException {
    SagaId id = insertRunning();
    for (String verb : List.of("cancel", "resume")) {
      assertThat(given().post(SAGAS + "/" + id + "/" + verb).statusCode()).isEqualTo(202);
      assertThat(json().post(SAGAS + "/" + id + "/" + verb).statusCode()).isEqualTo(202);
      assertThat(raw("POST " + SAGAS + "/" + id + "/" + verb, List.of(), ""))
          .startsWith("HTTP/1.1 202");
    }
    assertThat(requests.asked()).contains("cancel " + id + " ORD-1 by anonymous: no reason given");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{}", "{\"actor\":\"maria\"}", "{\"reason\":\" \"}", "{\"reason\":null}"})
  void shouldWantAReason_whenAborted(String body) {
    assertProblem(
            json().body(body).post(SAGAS + "/" + insertRunning() + "/abort"),
            400,
            "invalid-request")
        .contains("reason");
    assertThat(requests.asked()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"[]", "7", "{", "{\"reason\":7}", "{\"reason\":\"a\\u0000b\"}", "{\"actor\":[]}"})
  void shouldRefuse_whenAnOperatorsBodyIsBad(String body) {
    for (String verb : List.of("cancel", "resume", "abort")) {
      assertProblem(
          json().body(body).post(SAGAS + "/" + insertRunning() + "/" + verb),
          400,
          "invalid-request");
    }
  }

  @Test
  void shouldBe200_whenItIsOnItsWayBackAlready() {
    // given
    SagaId id = insertRunning();
    requests.answerWith(new Verdict.Ignored(IgnoreReason.ALREADY_COMPENSATING));
    // then
    assertThat(steer(id.toString(), "cancel").statusCode()).isEqualTo(200);
  }

  @Test
  void shouldSayWhatElseCanBeDone_whenPastThePointOfNoReturn() {
    // given
    SagaId id = SagaId.forKey("order", "ORD-1");
    rows.insert(new SagaState.Running(core(id, step("shipping", awaitingReply(1)))));
    requests.answerWith(new Verdict.Ignored(IgnoreReason.PAST_RETURN));
    // then
    assertProblem(steer(id.toString(), "cancel"), 409, "not-possible-now")
        .contains("step 'shipping'")
        .contains("abort");
  }

  @Test
  void shouldBe409_whenTheSagaDoesNotTakeIt() {
    // given
    SagaId id = insertRunning();
    for (IgnoreReason reason :
        List.of(
            IgnoreReason.TERMINAL,
            IgnoreReason.NOT_PARKED,
            IgnoreReason.REFUSED_FOR_GOOD,
            IgnoreReason.PARKED,
            IgnoreReason.STALE_TIMER)) {
      requests.answerWith(new Verdict.Ignored(reason));
      // then
      assertProblem(steer(id.toString(), "resume"), 409, "not-possible-now")
          .startsWith("Expected to resume saga '" + id + "', but ");
    }
    requests.answerWith(new Verdict.Refused("Expected a saga of that id, but there is none"));
    assertProblem(steer(id.toString(), "abort"), 409, "not-possible-now");
  }

  @Test
  void shouldSayWhenToComeBack_whenSteeringIsUnavailable() {
    // given
    SagaId id = insertRunning();
    requests.beUnavailable();
    // then
    for (String verb : List.of("cancel", "resume", "abort")) {
      assertProblem(steer(id.toString(), verb), 503, "unavailable");
    }
  }

  // Definitions

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

  // Everything else

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
      String answer = raw(method + " " + path, List.of("Content-Type: application/json"), "{}");
      assertThat(answer).as(method + " " + path).matches("(?s)HTTP/1.1 [24].*");
      // What is no URI never gets past the server's front door, which says 400 and no more.
      if (answer.startsWith("HTTP/1.1 4") && path.startsWith("/api/") && isUri(path)) {
        assertThat(answer).as(method + " " + path).contains("application/problem+json");
      }
    }
  }

  @Test
  void shouldOnlyBlameTheCaller_whenBodiesAndQueriesAreGarbage() throws IOException {
    // given
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    String id = insertRunning().toString();
    // then
    for (int i = 0; i < 400; i++) {
      Response response = garbage(random, id);
      assertThat(response.statusCode()).as("seed " + seed + ", case " + i).isBetween(200, 499);
      if (response.statusCode() >= 400) {
        assertThat(response.contentType())
            .as("seed " + seed + ", case " + i + ": " + response.asString())
            .startsWith("application/problem+json");
      }
    }
  }

  // OpenAPI and the rest of Quarkus

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
            "get /api/v1/definitions listDefinitions",
            "get /api/v1/definitions/{name} listDefinitionVersions",
            "get /api/v1/definitions/{name}/{version} getDefinition");
    Map<String, Object> shared = document.getMap("components.responses");
    assertThat(shared).hasSizeGreaterThanOrEqualTo(8);
    assertThat(shared.values())
        .allSatisfy(each -> assertThat(each.toString()).contains("examples"));
    assertThat(document.getMap("components.schemas")).containsKeys("Saga", "Step", "Problem");
  }

  @Test
  void shouldLeaveOtherAddressesAlone_whenTheyAreNotOurs() {
    assertThat(get("/elsewhere").statusCode()).isEqualTo(404);
    assertThat(get("/elsewhere").contentType()).doesNotContain("problem+json");
  }

  private Response garbage(Random random, String id) {
    byte[] body = garbageBody(random);
    return switch (random.nextInt(6)) {
      case 0 -> json().body(body).post(SAGAS + "/order");
      case 1 ->
          json()
              .header("Idempotency-Key", ascii(random, 30))
              .header("Prefer", ascii(random, 20))
              .body(body)
              .urlEncodingEnabled(false)
              .post(SAGAS + "/" + URLEncoder.encode(ascii(random, 10), StandardCharsets.UTF_8));
      case 2 ->
          json()
              .body(body)
              .post(
                  SAGAS
                      + "/"
                      + id
                      + "/"
                      + List.of("cancel", "resume", "abort").get(random.nextInt(3)));
      case 3 ->
          query(
              List.of("status", "definition", "key", "from", "to", "limit", "cursor")
                  .get(random.nextInt(7)),
              text(random, 40));
      case 4 -> query(text(random, 6), text(random, 6));
      default ->
          given()
              .urlEncodingEnabled(false)
              .get(
                  SAGAS
                      + "/"
                      + URLEncoder.encode(text(random, 20), StandardCharsets.UTF_8)
                      + "/journal");
    };
  }

  private static Response query(String name, String value) {
    return given()
        .urlEncodingEnabled(false)
        .get(
            SAGAS
                + "?"
                + URLEncoder.encode(name, StandardCharsets.UTF_8)
                + "="
                + URLEncoder.encode(value, StandardCharsets.UTF_8));
  }

  private static byte[] garbageBody(Random random) {
    if (random.nextBoolean()) {
      byte[] bytes = new byte[1 + random.nextInt(200)];
      random.nextBytes(bytes);
      return bytes;
    }
    StringBuilder almost = new StringBuilder(BODY);
    for (int i = 0; i <= random.nextInt(4); i++) {
      almost.setCharAt(random.nextInt(almost.length()), (char) random.nextInt(1, 128));
    }
    return almost.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String ascii(Random random, int length) {
    StringBuilder text = new StringBuilder("x");
    for (int i = 0; i < length; i++) {
      text.append((char) random.nextInt('!', 127));
    }
    return text.toString().replace("{", "(").replace("}", ")");
  }

  private static String text(Random random, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.appendCodePoint(random.nextInt(5) == 0 ? random.nextInt(0xd800) : random.nextInt(128));
    }
    return text.toString().replace("{", "(").replace("}", ")");
  }

  private SagaId insertRunning() {
    return insertRunning("ORD-1", NOON);
  }

  private SagaId insertRunning(String key, Instant createdAt) {
    SagaId id = SagaId.forKey("order", key);
    rows.insert(
        new SagaState.Running(
            Orders.core(
                id,
                key,
                createdAt,
                3,
                step("payment", succeeded()),
                step("screen", awaitingReply(2)))));
    return id;
  }

  private static SagaCore core(SagaId id, StepState... steps) {
    return Orders.core(id, "ORD-1", NOON, 9, steps);
  }

  private static JournalEntry started(SagaId id) {
    return new JournalEntry.SagaStarted(
        id, "order", 1, "f", "ORD-1", "d", Orders.DATA, Optional.empty());
  }

  private static JournalEntry issued(StepName step, int attempt, Instant at) {
    return new JournalEntry.CommandIssued(
        step,
        StepKind.COMPENSATABLE,
        Phase.ACTION,
        new Attempts(attempt, 1, at),
        Participant.named("payment"),
        new MessageType("ProcessPayment", 1),
        "{\"orderId\":\"ORD-1\"}",
        at.plusSeconds(30));
  }

  private static List<String> listed(String query) {
    return get(SAGAS + "?" + query)
        .then()
        .statusCode(200)
        .extract()
        .jsonPath()
        .getList("sagas.id", String.class);
  }

  private static RequestSpecification json() {
    return given().contentType(ContentType.JSON);
  }

  private static RequestSpecification prefer(String preference) {
    return json().header("Prefer", preference);
  }

  private static Response start(String key, String body) {
    return json().header("Idempotency-Key", key).body(body).post(SAGAS + "/order");
  }

  private static Response post(String body) {
    return json().body(body).post(SAGAS + "/order");
  }

  private static Response steer(String id, String verb) {
    return json()
        .body("{\"reason\":\"because\",\"actor\":\"maria\"}")
        .post(SAGAS + "/" + id + "/" + verb);
  }

  private static boolean isUri(String text) {
    try {
      new URI(text);
      return true;
    } catch (URISyntaxException notOne) {
      return false;
    }
  }

  private static String freshKey() {
    return "K-" + UUID.randomUUID();
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

  private static AbstractStringAssert<?> assertProblem(Response response, int status, String type) {
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

  private String chunked(String path, int bytes) throws IOException {
    try (Socket socket = new Socket(server.getHost(), server.getPort())) {
      socket.setSoTimeout(10_000);
      OutputStream out = socket.getOutputStream();
      out.write(
          ("POST "
                  + path
                  + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                  + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n")
              .getBytes(StandardCharsets.ISO_8859_1));
      byte[] chunk = new byte[10_000];
      Arrays.fill(chunk, (byte) ' ');
      try {
        for (int sent = 0; sent < bytes; sent += chunk.length) {
          out.write(
              (Integer.toHexString(chunk.length) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
          out.write(chunk);
          out.write("\r\n".getBytes(StandardCharsets.ISO_8859_1));
        }
        out.write("0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
      } catch (IOException closed) {
        // The answer may have come before the end of the question.
      }
      return answer(socket);
    }
  }

  private String raw(String line, List<String> headers, String body) throws IOException {
    try (Socket socket = new Socket(server.getHost(), server.getPort())) {
      socket.setSoTimeout(10_000);
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      StringBuilder request = new StringBuilder(line).append(" HTTP/1.1\r\nHost: localhost\r\n");
      headers.forEach(header -> request.append(header).append("\r\n"));
      if (!line.startsWith("GET") && !line.startsWith("HEAD")) {
        request.append("Content-Length: ").append(bytes.length).append("\r\n");
      } else {
        bytes = new byte[0];
      }
      request.append("Connection: close\r\n\r\n");
      OutputStream out = socket.getOutputStream();
      out.write(request.toString().getBytes(StandardCharsets.ISO_8859_1));
      out.write(bytes);
      out.flush();
      return answer(socket);
    }
  }

  private static String answer(Socket socket) throws IOException {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    try {
      socket.getInputStream().transferTo(read);
    } catch (SocketException reset) {
      // What came before counts.
    }
    return read.toString(StandardCharsets.UTF_8);
  }
}
