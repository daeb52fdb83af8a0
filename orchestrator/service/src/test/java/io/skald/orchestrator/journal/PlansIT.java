package io.skald.orchestrator.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import io.skald.orchestrator.lane.Batches;
import io.skald.orchestrator.lane.Drive;
import io.skald.orchestrator.lane.Journal.Claim;
import io.skald.orchestrator.lane.Journal.Line;
import io.skald.saga.message.SagaId;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How PostgreSQL finds the rows of a lane, which no result tells. */
class PlansIT {

  /** More than it takes the driver to prepare on the server, and the server to plan for good. */
  private static final int OFTEN = 15;

  private static final String SCANS_OF_WHOLE_TABLES =
      "select coalesce(sum(seq_scan), 0) from pg_stat_user_tables"
          + " where relname ~ '^(saga|journal|shard)'";

  private static final String READ_FROM_INDEXES =
      "select coalesce(sum(idx_tup_read), 0) from pg_stat_user_indexes where relname ~ '^saga'";

  private static final String LOOKS_AMONG_THE_ENDED =
      "select coalesce(sum(idx_scan), 0) from pg_stat_user_indexes where relname ~ '^saga_ended'";

  /** How many entries of indexes a turn may read; a walk through one reads {@link #MANY}. */
  private static final int READ_IN_A_TURN = 200;

  private static final int MANY = 3_000;

  private static final String SESSIONS =
      "select count(*) from pg_stat_activity where application_name = 'one lane'";

  @TempDir static Path directory;

  private static Database database;

  @BeforeAll
  static void start() {
    database = Database.start(directory.resolve("postgres"));
    database.clear(2);
    new Housekeeping(database.dataSource()).makePartitions();
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  @Test
  void shouldReadNoTableFromEndToEnd_whenTablesGrowUnderThePlans() throws SQLException {
    // given
    String before = database.query(SCANS_OF_WHOLE_TABLES).getFirst();
    try (AgroalDataSource lane = oneConnection()) {
      PostgresJournal journal = new PostgresJournal(lane);
      Claim claim = new PostgresJournal(database.dataSource()).claim(1, "a");
      Batches batches = new Batches(claim);

      // when
      turns(journal, batches, "empty");
      journal.commit(batches.begin(many("grown")));
      turns(journal, batches, "grown");
    }

    // then
    await().until(() -> database.query(SESSIONS), List.of("0")::equals);
    assertThat(database.query(SCANS_OF_WHOLE_TABLES)).containsExactly(before);
  }

  @Test
  void shouldReadFewEntriesOfIndexes_whenVacuumCameWhileNoSagaWasLive() throws SQLException {
    // given
    Claim claim = new PostgresJournal(database.dataSource()).claim(0, "b");
    try (AgroalDataSource lane = oneConnection()) {
      PostgresJournal journal = new PostgresJournal(lane);
      Batches batches = new Batches(claim);
      List<Drive> gone = many("gone");
      journal.commit(batches.begin(gone));
      gone.forEach(Drive::abort);
      journal.commit(batches.move(gone));
      database.execute("delete from saga");
      database.execute("vacuum (analyze) saga");
      journal.commit(batches.begin(many("live")));
    }
    await().until(() -> database.query(SESSIONS), List.of("0")::equals);
    long before = Long.parseLong(database.query(READ_FROM_INDEXES).getFirst());

    // when
    try (AgroalDataSource lane = oneConnection()) {
      Claim again = new PostgresJournal(lane).claim(0, "b");
      turns(new PostgresJournal(lane), new Batches(again), "vacuumed");
    }

    // then
    await().until(() -> database.query(SESSIONS), List.of("0")::equals);
    assertThat(Long.parseLong(database.query(READ_FROM_INDEXES).getFirst()) - before)
        .isLessThan(OFTEN * READ_IN_A_TURN);
  }

  private static List<Drive> many(String prefix) {
    List<Drive> many = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      many.add(Drive.started(prefix + "-many-" + i));
    }
    return many;
  }

  @Test
  void shouldNotLookAmongTheEnded_whenAllSagasLive() throws SQLException {
    // given
    Claim claim = new PostgresJournal(database.dataSource()).claim(0, "c");
    List<Drive> live = List.of(Drive.started("lives-1"), Drive.started("lives-2"));
    Set<SagaId> ids = Set.of(live.get(0).id(), live.get(1).id());
    await().until(() -> database.query(SESSIONS), List.of("0")::equals);
    long before = Long.parseLong(database.query(LOOKS_AMONG_THE_ENDED).getFirst());

    // when
    try (AgroalDataSource lane = oneConnection()) {
      PostgresJournal journal = new PostgresJournal(lane);
      journal.commit(new Batches(claim).begin(live));
      for (int i = 0; i < OFTEN; i++) {
        assertThat(journal.load(ids)).hasSize(2);
      }
    }

    // then
    await().until(() -> database.query(SESSIONS), List.of("0")::equals);
    assertThat(Long.parseLong(database.query(LOOKS_AMONG_THE_ENDED).getFirst())).isEqualTo(before);
  }

  /** All that a lane does over and over. */
  private static void turns(PostgresJournal journal, Batches batches, String prefix) {
    for (int i = 0; i < OFTEN; i++) {
      Drive moved = Drive.started(prefix + "-moved-" + i);
      Drive ended = Drive.started(prefix + "-ended-" + i);
      assertThat(journal.load(Set.of(moved.id(), ended.id()))).isEmpty();
      assertThat(journal.commit(batches.begin(List.of(moved, ended)))).isEmpty();
      moved.succeed();
      ended.abort();
      assertThat(journal.commit(batches.move(List.of(moved, ended)))).isEmpty();
      ended.abort();
      assertThat(journal.commit(batches.move(List.of(ended)))).isEmpty();
      assertThat(journal.load(Set.of(moved.id(), ended.id()))).hasSize(2);
      assertThat(
              journal.due(List.of(0, 1), Instant.EPOCH, Instant.parse("2099-01-01T00:00:00Z"), 5))
          .isNotEmpty();
      assertThat(journal.above(batches.shard(), batches.journalSeq() - 3)).hasSize(3);
      assertThat(journal.contenders(Set.of(new Line(batches.shard(), "trip", "T-1")))).isEmpty();
      assertThat(journal.parkedForDefinition(batches.shard(), List.of("trip v1"))).isEmpty();
    }
  }

  private static AgroalDataSource oneConnection() throws SQLException {
    return AgroalDataSource.from(
        new AgroalDataSourceConfigurationSupplier()
            .connectionPoolConfiguration(
                pool ->
                    pool.maxSize(1)
                        .connectionFactoryConfiguration(
                            factory ->
                                factory
                                    .jdbcUrl(database.url() + "?ApplicationName=one lane")
                                    .principal(new NamePrincipal("postgres"))
                                    .credential(new SimplePassword("postgres")))));
  }
}
