package io.skald.orchestrator.rest;

import static io.restassured.RestAssured.get;
import static io.skald.orchestrator.rest.Calls.SAGAS;
import static io.skald.orchestrator.rest.Calls.assertProblem;
import static io.skald.orchestrator.rest.Orders.NOON;
import static io.skald.orchestrator.rest.Orders.step;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.skald.machine.Attempts;
import io.skald.machine.IgnoreReason;
import io.skald.machine.JournalEntry;
import io.skald.machine.Transition;
import io.skald.saga.StepKind;
import io.skald.saga.message.MessageType;
import io.skald.saga.message.Participant;
import io.skald.saga.message.Phase;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.StepName;
import io.skald.standalone.quarkus.EmbeddedStack;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Seeing what happened to one saga. */
@QuarkusTest
@TestProfile(RestProfile.class)
@WithTestResource(EmbeddedStack.class)
final class SeeJournalTest extends RestFixture {

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
    assertThat(journal.getString("entries[3].words"))
        .isEqualTo("command ProcessPayment v1 is sent to payment to do step 'payment', attempt 2");
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

  @Test
  void shouldGiveAThousandAtMost_whenTheJournalIsPaged() {
    String journal = SAGAS + "/" + insertRunning() + "/journal";
    assertThat(get(journal + "?limit=1000").statusCode()).isEqualTo(200);
    assertProblem(get(journal + "?limit=1001"), 400, "invalid-request").contains("1 to 1000");
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
}
