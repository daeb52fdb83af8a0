package io.skald.orchestrator.testing;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.skald.standalone.quarkus.EmbeddedStack;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every construct of the language from end to end: REST, lanes, PostgreSQL, Kafka, and participants
 * through the SDK, whose fences say what they have done.
 */
@QuarkusTest
@TestProfile(EverythingProfile.class)
@WithTestResource(EmbeddedStack.class)
final class EverythingIT {

  private static final String SAGAS = "/api/v1/sagas";
  private static final Duration LONG = Duration.ofSeconds(90);

  private final EverythingParticipants participants;
  private final AgroalDataSource dataSource;

  @Inject
  EverythingIT(EverythingParticipants participants, AgroalDataSource dataSource) {
    this.participants = participants;
    this.dataSource = dataSource;
  }

  private static String start(String key, boolean abroad, String... parcels) {
    String items =
        Stream.of(parcels)
            .map(id -> "{\"id\":\"" + id + "\"}")
            .collect(Collectors.joining(",", "[", "]"));
    Response started =
        given()
            .contentType(ContentType.JSON)
            .header("Idempotency-Key", key)
            .body(
                "{\"id\":\"%s\",\"abroad\":%s,\"parcels\":%s,\"done\":[]}"
                    .formatted(key, abroad, items))
            .post(SAGAS + "/everything");
    assertThat(started.statusCode()).as(started.asString()).isEqualTo(201);
    return started.jsonPath().getString("id");
  }

  private static Response approve(String saga, String signal) {
    return given()
        .contentType(ContentType.JSON)
        .header("Idempotency-Key", signal)
        .body("{\"by\":\"maria\"}")
        .post(SAGAS + "/" + saga + "/signals/approval");
  }

  private static JsonPath saga(String id) {
    return get(SAGAS + "/" + id).jsonPath();
  }

  private static String standing(String saga, String block) {
    return saga(saga).getString("blocks.find { it.name == '" + block + "' }.standing");
  }

  private static void awaitApproval(String saga) {
    await().atMost(LONG).until(() -> "UNDER_WAY".equals(standing(saga, "approval")));
  }

  private static void awaitStatus(String saga, String status) {
    await()
        .atMost(LONG)
        .untilAsserted(
            () -> {
              JsonPath now = saga(saga);
              assertThat(now.getString("status")).as(now.prettify()).isEqualTo(status);
            });
  }

  /** What participants have done for a saga: the state of each fence, by step and item. */
  private Map<String, String> fences(String saga) throws SQLException {
    Map<String, String> states = new HashMap<>();
    String sql =
        """
        select step, item, state from store.fence where saga_id = ?
        union all select step, item, state from bank.fence where saga_id = ?
        """;
    try (Connection connection = dataSource.getConnection();
        PreparedStatement query = connection.prepareStatement(sql)) {
      query.setObject(1, UUID.fromString(saga));
      query.setObject(2, UUID.fromString(saga));
      try (ResultSet found = query.executeQuery()) {
        while (found.next()) {
          String item = found.getString("item");
          states.put(
              found.getString("step") + (item.isEmpty() ? "" : "/" + item),
              found.getString("state"));
        }
      }
    }
    return states;
  }

  @Test
  void shouldCompleteAllOfIt_whenItsSignalComes() throws SQLException {
    // given
    String saga = start("E-all", true, "P-1", "P 2", "P-ü");
    awaitApproval(saga);
    assertThat(get(SAGAS + "/" + saga + "/diagram").asString())
        .contains("class step_pack is_done", "class step_stamp is_left_out");
    // when
    assertThat(approve(saga, "s-1").statusCode()).isEqualTo(202);
    assertThat(approve(saga, "s-1").statusCode()).isEqualTo(200);
    assertThat(approve(saga, "s-2").statusCode()).isEqualTo(409);
    // then
    awaitStatus(saga, "COMPLETED");
    assertThat(fences(saga))
        .containsOnlyKeys(
            "reserve",
            "label",
            "screen",
            "declare",
            "pack/P-1",
            "pack/P 2",
            "pack/P-ü",
            "charge",
            "mail",
            "print")
        .containsValue("DONE");
    assertThat(fences(saga).values()).containsOnly("DONE");
    assertThat(saga(saga).getList("data.done", String.class))
        .contains("declare E-all", "pack P-ü", "approved by maria", "charge E-all");
    assertThat(approve(saga, "s-1").statusCode()).isEqualTo(200);
    assertThat(
            get(SAGAS + "/" + saga + "/journal").jsonPath().getList("entries.words", String.class))
        .contains("'parcels' is run for 'P-1', 'P 2', 'P-ü'", "'customs' goes the way 'then'");
  }

  @Test
  void shouldUndoWhatWasDone_whenOneItemIsRefused() throws SQLException {
    // when
    String saga = start("E-refused", false, "P-1", EverythingParticipants.REFUSED, "P-3");
    // then
    awaitStatus(saga, "COMPENSATED");
    Map<String, String> fences = fences(saga);
    assertThat(fences)
        .containsEntry("reserve", "COMPENSATED")
        .containsEntry("label", "DONE")
        .containsEntry("stamp", "DONE")
        .containsEntry("pack/P-1", "COMPENSATED")
        .containsEntry("pack/" + EverythingParticipants.REFUSED, "REJECTED")
        .doesNotContainKeys("declare", "charge", "mail", "print");
    // The third one was begun or not, by which answer came first.
    assertThat(fences.getOrDefault("pack/P-3", "COMPENSATED")).isEqualTo("COMPENSATED");
    assertThat(saga(saga).getString("compensation.failedStep"))
        .isEqualTo("pack/" + EverythingParticipants.REFUSED);
    assertThat(approve(saga, "s-1").statusCode()).isEqualTo(409);
  }

  @Test
  void shouldTakeItsSignal_whenThatCameBeforeItWasAwaited() {
    // given
    String saga = start("E-early", false, EverythingParticipants.HELD);
    // when
    assertThat(approve(saga, "s-1").statusCode()).isEqualTo(202);
    // then
    assertThat(standing(saga, "approval")).isEqualTo("TO_COME");
    assertThat(saga(saga).getString("blocks.find { it.name == 'approval' }.signalId"))
        .isEqualTo("s-1");
    // when
    participants.letGo();
    // then
    awaitStatus(saga, "COMPLETED");
  }

  @Test
  void shouldGoOn_whenAnOperatorTakesAStepForDone() throws SQLException {
    // given
    String saga = start(EverythingParticipants.FAILING + "-1", false);
    awaitApproval(saga);
    approve(saga, "s-1");
    awaitStatus(saga, "PARKED");
    String body = "{\"reason\":\"paid in cash\",\"actor\":\"maria\",\"reply\":{\"what\":\"cash\"}}";
    String skip = SAGAS + "/" + saga + "/steps/charge/skip";
    // when
    JsonPath preview =
        given().contentType(ContentType.JSON).body(body).post(skip + "/preview").jsonPath();
    // then
    assertThat(preview.getList("commands.step", String.class)).containsExactly("mail", "print");
    assertThat(saga(saga).getString("status")).isEqualTo("PARKED");
    // when
    assertThat(given().contentType(ContentType.JSON).body(body).post(skip).statusCode())
        .isEqualTo(202);
    // then
    awaitStatus(saga, "COMPLETED");
    assertThat(fences(saga)).doesNotContainKey("charge").containsEntry("print", "DONE");
    assertThat(saga(saga).getList("data.done", String.class)).contains("cash");
    assertThat(
            get(SAGAS + "/" + saga + "/journal").jsonPath().getList("entries.words", String.class))
        .contains("maria takes step 'charge' for done: paid in cash");
  }
}
