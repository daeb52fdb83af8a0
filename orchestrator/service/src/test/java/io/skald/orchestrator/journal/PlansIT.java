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
      List<Drive> many = new ArrayList<>();
      for (int i = 0; i < 3_000; i++) {
        many.add(Drive.started("many-" + i));
      }
      journal.commit(batches.begin(many));
      turns(journal, batches, "grown");
    }

    // then
    await().until(() -> database.query(SESSIONS), List.of("0")::equals);
    assertThat(database.query(SCANS_OF_WHOLE_TABLES)).containsExactly(before);
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
      assertThat(journal.above(1, batches.journalSeq() - 3)).hasSize(3);
      assertThat(journal.parkedForDefinition(1, List.of("trip v1"))).isEmpty();
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
