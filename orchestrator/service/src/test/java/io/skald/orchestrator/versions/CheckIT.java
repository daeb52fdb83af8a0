package io.skald.orchestrator.versions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.skald.machine.SagaStatus;
import io.skald.orchestrator.journal.Database;
import io.skald.orchestrator.journal.DefinitionRegistry;
import io.skald.orchestrator.journal.PostgresJournal;
import io.skald.orchestrator.lane.Batches;
import io.skald.orchestrator.lane.Definitions;
import io.skald.orchestrator.lane.Drive;
import io.skald.orchestrator.lane.Trips;
import io.skald.saga.SagaDefinition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** The check against a real database, with sagas as lanes write them. */
final class CheckIT {

  @TempDir static Path directory;

  private static Database database;
  private static DataSource reader;

  @BeforeAll
  static void start() {
    database = Database.start(directory.resolve("postgres"));
    database.execute(
        """
        create role auditor login password 'auditor';
        grant select on saga, definition to auditor;
        """);
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(database.url());
    source.setUser("auditor");
    source.setPassword("auditor");
    reader = source;
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  @BeforeEach
  void fill() {
    database.clear(1);
    new DefinitionRegistry(database.dataSource()).register(List.of(Trips.trip()));
    PostgresJournal journal = new PostgresJournal(database.dataSource());
    Batches batches = new Batches(journal.claim(0, "a"));
    journal.commit(
        batches.begin(
            List.of(
                at("T-1"),
                at("T-2"),
                at("T-3").succeed(),
                at("T-4").succeed().fail(),
                at("T-5").succeed().succeed().reject(),
                at("T-6").parkWithoutDefinition(),
                at("T-7").succeed().succeed().succeed().reject())));
  }

  @Test
  void shouldFindEachSagaAtItsStep_whateverItsStatus() throws SQLException {
    // when
    LiveSagas live = read();
    // then
    assertThat(live.structures())
        .containsExactly(
            new StoredStructure("trip", 1, Trips.trip().fingerprint(), Trips.trip().toJson()));
    assertThat(live.groups())
        .containsExactlyInAnyOrder(
            group(SagaStatus.RUNNING, SagaStatus.RUNNING, "hotel", 2),
            group(SagaStatus.RUNNING, SagaStatus.RUNNING, "flight", 2),
            group(SagaStatus.COMPENSATING, SagaStatus.COMPENSATING, "flight", 1),
            group(SagaStatus.PARKED, SagaStatus.RUNNING, "hotel", 1),
            group(SagaStatus.PARKED, SagaStatus.RUNNING, "ticket", 1));
  }

  @Test
  void shouldCountASagaOnce_whenItWaitsForManyThings() throws SQLException {
    // given: two items of one step, another step, a block, and replies that no jsonb would take
    database.execute(
        """
        delete from saga;
        insert into saga (id, shard, definition, version, status, saga_key, seq, data, created_at,
            updated_at, next_due_at, state)
        values (gen_random_uuid(), 0, 'trip', 1, 'RUNNING', 'a', 1, '{}', now(), now(), now(),
            '{"steps":[{"name":"hotel","action":{"is":"Succeeded","reply":"\\u0000"}},
                {"name":"flight/a,b","action":{"is":"AwaitingReply"}},
                {"name":"flight/c","action":{"is":"AwaitingRetry"}},
                {"name":"ticket","action":{"is":"AwaitingReply"}}],
              "blocks":[{"name":"approval","is":"Waiting"},{"name":"choice","is":"Chosen"}]}'),
            (gen_random_uuid(), 0, 'trip', 1, 'RUNNING', 'b', 1, '{}', now(), now(), now(), '{}');
        """);
    // when, then
    assertThat(read().groups())
        .extracting(LiveGroup::at, LiveGroup::count)
        .containsExactlyInAnyOrder(
            tuple(List.of("approval", "flight", "ticket"), 1L), tuple(List.of(), 1L));
  }

  @Test
  void shouldCountASagaWhereItStands_whenItParkedBesideABranchOrTurnedBackFromAWait()
      throws SQLException {
    // given: a ticket that was refused while a seat was under way; a hotel undone before an
    // approval
    database.execute(
        """
        delete from saga;
        insert into saga (id, shard, definition, version, status, saga_key, seq, data, created_at,
            updated_at, next_due_at, state)
        values (gen_random_uuid(), 0, 'trip', 1, 'PARKED', 'a', 1, '{}', now(), now(), null,
            '{"interrupted":{"status":"RUNNING"},"step":"ticket",
              "steps":[{"name":"ticket","action":{"is":"Rejected"}},
                {"name":"seat","action":{"is":"AwaitingReply"}}]}'),
            (gen_random_uuid(), 0, 'trip', 1, 'COMPENSATING', 'b', 1, '{}', now(), now(), now(),
            '{"steps":[{"name":"hotel","action":{"is":"Succeeded"},
                "compensation":{"is":"AwaitingReply"}}],
              "blocks":[{"name":"approval","is":"Waiting"}]}');
        """);
    // when, then
    assertThat(read().groups())
        .extracting(LiveGroup::at)
        .containsExactlyInAnyOrder(List.of("ticket", "seat"), List.of("hotel"));
  }

  @Test
  void shouldEndWell_whenTheNewVersionStandsBesideTheOld() throws Exception {
    // given
    Path json = directory.resolve("check.json");
    // when
    int status = check(Optional.of(json), Trips.trip(1), Trips.trip(2));
    // then
    assertThat(status).isZero();
    JsonNode report = new ObjectMapper().readTree(Files.readString(json));
    assertThat(report.path("broken").asBoolean()).isFalse();
    assertThat(report.at("/versions/0/verdict").asText()).isEqualTo("PINNED");
    assertThat(report.at("/versions/0/live").asInt()).isEqualTo(7);
    assertThat(report.at("/versions/0/byStatus/PARKED").asInt()).isEqualTo(2);
    assertThat(report.at("/versions/0/steps/1/step").asText()).isEqualTo("flight");
    assertThat(report.at("/versions/0/steps/1/at").asInt()).isEqualTo(3);
    assertThat(report.at("/versions/1/verdict").asText()).isEqualTo("CONTINUES");
  }

  @Test
  void shouldEndBadly_whenAVersionIsMissingOrChangedOrGivenTwice() {
    assertThat(check(Optional.empty(), Trips.trip(2))).isEqualTo(1);
    database.execute("update definition set fingerprint = 'x'");
    assertThat(check(Optional.empty(), Trips.trip(1))).isEqualTo(1);
    Definitions twice =
        Definitions.withFaults(List.of(Trips.patient(), Trips.patient()), List.of());
    database.execute("delete from saga");
    assertThat(Check.run(twice, reader, Optional.empty())).isEqualTo(1);
  }

  @Test
  void shouldSayThatItCouldNotTell_whenTheDatabaseIsNotSkaldsOrAway() {
    PGSimpleDataSource other = new PGSimpleDataSource();
    other.setUrl(database.url().replace("/skald", "/postgres"));
    other.setUser("auditor");
    other.setPassword("auditor");
    assertThat(Check.run(new Definitions(List.of(Trips.trip())), other, Optional.empty()))
        .isEqualTo(Check.COULD_NOT_TELL);
    PGSimpleDataSource away = new PGSimpleDataSource();
    away.setUrl("jdbc:postgresql://127.0.0.1:1/skald");
    assertThat(Check.run(new Definitions(List.of(Trips.trip())), away, Optional.empty()))
        .isEqualTo(Check.COULD_NOT_TELL);
  }

  @Test
  void shouldTellAStory_forPeople() throws SQLException {
    // given
    CheckReport report =
        new CheckReport(
            "jdbc:postgresql://db/skald",
            List.of(),
            VersionCheck.compare(new Definitions(List.of(Trips.trip(2), Trips.patient())), read()));
    // then
    assertThat(String.join("\n", report.lines()))
        .isEqualTo(
            """
            The definitions of the build and the live sagas of jdbc:postgresql://db/skald

            patient v1: continues; the newest version, new here
              no live sagas

            trip v1: broken; it is not in the build, so its sagas park until it is back
              7 live sagas: 4 RUNNING, 1 COMPENSATING, 2 PARKED
              step                   at it   to come
              hotel    broken            3         1
              flight   broken            3         3
              payment  broken            0         5
              ticket   broken            1         5

            trip v2: continues; the newest version, new here
              no live sagas

            Broken: 1. Do not deploy this build.\
            """);
  }

  private static LiveSagas read() throws SQLException {
    try (Connection connection = reader.getConnection()) {
      return LiveSagas.read(connection);
    }
  }

  private static int check(Optional<Path> json, SagaDefinition<?>... build) {
    return Check.run(new Definitions(List.of(build)), reader, json);
  }

  private static Drive at(String key) {
    return Drive.started(key, Instant.now());
  }

  private static LiveGroup group(SagaStatus status, SagaStatus was, String at, long count) {
    return new LiveGroup("trip", 1, status, was, List.of(at), count);
  }
}
