package io.skald.orchestrator.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skald.orchestrator.archive.Partition.Family;
import io.skald.orchestrator.journal.Database;
import io.skald.orchestrator.journal.Housekeeping;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Retention, archive and rebuild on a real database, with sagas as the machine makes them. */
class ArchiveIT {

  private static final LocalDate DAY_1 = History.FIRST_DAY;
  private static final LocalDate DAY_2 = DAY_1.plusDays(1);
  private static final Instant NOW = History.startOf(DAY_1.plusDays(10));

  /** Lets go of the first day, at the time of {@link #NOW}. */
  private static final Map<Family, Duration> NINE_DAYS =
      Map.of(Family.JOURNAL, Duration.ofDays(9), Family.SAGA_ENDED, Duration.ofDays(9));

  static final String ALL_ROWS =
      """
      select md5(string_agg(t, ',' order by t)) from (
        select s::text from saga s union all select e::text from saga_ended e) as rows (t)
      """;

  private static final String BOUND =
      """
      select to_char((regexp_match(pg_get_expr(relpartbound, oid), '%s \\(''(.*?)''\\)'))[1]::timestamptz
          at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') from pg_class where relname = '%s'
      """;

  @TempDir static Path directory;

  private static Database database;

  @TempDir Path archive;

  private History history;
  private DirectoryStore store;

  @BeforeAll
  static void start() {
    database = Database.start(directory.resolve("postgres"));
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  @BeforeEach
  void happen() {
    history = new History(database);
    history.happen();
    store = new DirectoryStore(archive);
  }

  @Test
  void shouldKnowThePartitionsAgain_whenTheyWereMadeForTheComingWeek() throws Exception {
    // given
    LocalDate today = LocalDate.now(ZoneOffset.UTC);

    // when
    new Housekeeping(database.dataSource()).makePartitions();

    // then
    try (Connection connection = database.dataSource().getConnection()) {
      assertThat(Retention.partitions(connection))
          .contains(
              Partition.of(Family.JOURNAL, today),
              Partition.of(Family.JOURNAL, today.plusDays(7)),
              Partition.of(Family.SAGA_ENDED, today),
              Partition.of(Family.SAGA_ENDED, today.plusDays(7)));
    }
    Partition week = Partition.of(Family.SAGA_ENDED, today);
    assertThat(database.query(BOUND.formatted("FROM", week.table())))
        .containsExactly(History.startOf(week.first()).toString());
    assertThat(database.query(BOUND.formatted("TO", week.table())))
        .containsExactly(week.end().toString());
  }

  @Test
  void shouldDropDaysThatAreArchived_whenTheirTimeIsOver() throws Exception {
    // given
    history.publishAll();

    // when
    List<Partition> dropped = retention(store).run(NOW);

    // then
    assertThat(dropped)
        .containsExactly(
            new Partition(Family.JOURNAL, DAY_1), Partition.of(Family.SAGA_ENDED, DAY_1));
    assertThat(database.query("select to_regclass('journal_20260301')::text"))
        .containsExactly((String) null);
    assertThat(store.names(""))
        .containsExactly(
            "journal_20260301.jsonl.gz",
            "journal_20260301.manifest.json",
            "saga_ended_20260223.jsonl.gz",
            "saga_ended_20260223.manifest.json");
    assertThat(retention(store).run(NOW)).isEmpty();
  }

  @Test
  void shouldKeepTheJournal_whenItIsNotKnownToBeInKafka() throws Exception {
    // when
    List<Partition> dropped = retention(store).run(NOW);

    // then
    assertThat(dropped).containsExactly(Partition.of(Family.SAGA_ENDED, DAY_1));
  }

  @Test
  void shouldDropNothing_whenTheArchiveGivesBackSomethingElse() {
    // given
    history.publishAll();
    ArchiveStore wrong =
        new Wrapped(store) {
          @Override
          public Optional<InputStream> read(String name) throws IOException {
            return Optional.of(edited(super.read(name).orElseThrow()));
          }
        };

    // then
    assertThatThrownBy(() -> retention(wrong).run(NOW))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("what was written");
    assertThat(database.query("select to_regclass('journal_20260301')::text"))
        .containsExactly("journal_20260301");
  }

  @Test
  void shouldDoItAgain_whenItDiedBeforeTheManifest() throws Exception {
    // given
    history.publishAll();
    ArchiveStore dying =
        new Wrapped(store) {
          @Override
          public void write(String name, Path content) throws IOException {
            if (Manifest.isName(name)) {
              throw new IOException("died");
            }
            super.write(name, content);
          }
        };
    assertThatThrownBy(() -> retention(dying).run(NOW)).hasMessage("died");
    assertThat(rebuilt(Optional.of(store), false).isClean()).isTrue();

    // when
    List<Partition> dropped = retention(store).run(NOW);

    // then
    assertThat(dropped).hasSize(2);
    assertThat(rebuilt(Optional.of(store), false).isClean()).isTrue();
  }

  @Test
  void shouldKeepADay_whenItChangedWhileItWasArchived() throws Exception {
    // given
    ArchiveStore slow =
        new Wrapped(store) {
          @Override
          public void write(String name, Path content) throws IOException {
            super.write(name, content);
            if (name.equals("saga_ended_20260223.manifest.json")) {
              history.noteLateInput(DAY_1);
            }
          }
        };

    // then
    assertThat(retention(slow).run(NOW)).isEmpty();
    assertThat(retention(store).run(NOW)).containsExactly(Partition.of(Family.SAGA_ENDED, DAY_1));
    assertThat(rebuilt(Optional.of(store), false).report().getLast()).contains(" 0 differ");
  }

  @Test
  void shouldLeaveItToTheOther_whenAnotherOrchestratorIsAtIt() throws Exception {
    // given
    history.publishAll();
    try (Connection other = database.dataSource().getConnection();
        Statement statement = other.createStatement()) {
      statement.execute("select pg_advisory_lock(" + 0x736b616c64L + ")");

      // then
      assertThat(retention(store).run(NOW)).isEmpty();
    }
  }

  @Test
  void shouldFindAllTheSame_whenReplayedFromJournalAndArchive() throws Exception {
    // given
    history.publishAll();
    assertThat(rebuilt(Optional.empty(), false).report()).hasSize(1);
    retention(store).run(NOW);

    // when
    Comparison found = rebuilt(Optional.of(store), false);

    // then
    assertThat(found.report())
        .containsExactly(
            "189 sagas are the same, 0 differ, 0 miss, 0 have no journal, of 0 the journal does not"
                + " tell; 0 were dropped with their week");
    assertThat(rebuilt(Optional.empty(), false).isClean()).isFalse();
  }

  @Test
  void shouldFindEachColumn_whenARowIsTamperedWith() throws Exception {
    for (String change :
        List.of(
            "shard = 0",
            "version = 2",
            "created_at = created_at + interval '1 us'",
            "place = place + 1",
            "definition = 'x'",
            "saga_key = saga_key || ' '",
            "seq = seq + 1",
            "updated_at = updated_at - interval '1 us'",
            "next_due_at = next_due_at + interval '1 us'",
            "data = data || ' '",
            "state = replace(state, 'hotel', 'motel')")) {
      // given
      String column = change.substring(0, change.indexOf(' '));
      database.execute(
          "update saga set "
              + change
              + " where id = (select max(id::text)::uuid from saga"
              + " where status = 'RUNNING')");

      // when
      Comparison found = rebuilt(Optional.empty(), true);

      // then
      assertThat(found.report())
          .hasSize(2)
          .first()
          .asString()
          .contains("differs", column + " must");
      assertThat(rebuilt(Optional.empty(), false).isClean()).as("mended " + column).isTrue();
    }
  }

  @Test
  void shouldRestoreBitForBit_whenRowsAreLost() throws Exception {
    // given
    history.publishAll();
    retention(store).run(NOW);
    List<String> before = database.query(ALL_ROWS);
    database.execute("delete from saga");
    database.execute("delete from saga_ended where status <> 'COMPENSATED'");

    // when
    Comparison found = rebuilt(Optional.of(store), true);

    // then
    assertThat(found.isClean()).isFalse();
    assertThat(database.query(ALL_ROWS)).isEqualTo(before);
    assertThat(rebuilt(Optional.of(store), false).isClean()).isTrue();
  }

  @Test
  void shouldSayWhatHasNoJournal_whenARowIsInvented() throws Exception {
    // given
    database.execute(
        "insert into saga select gen_random_uuid(), shard, version, created_at, place, definition,"
            + " saga_key, status, seq, updated_at, next_due_at, data, state from saga limit 1");

    // then
    assertThat(rebuilt(Optional.empty(), true).report().getFirst()).contains("surplus");
    assertThat(rebuilt(Optional.empty(), false).isClean()).isFalse();
  }

  @Test
  void shouldRefuseTheArchive_whenItIsDamaged() throws Exception {
    // given
    history.publishAll();
    retention(store).run(NOW);
    Files.copy(
        archive.resolve("saga_ended_20260223.jsonl.gz"),
        archive.resolve("journal_20260301.jsonl.gz"),
        StandardCopyOption.REPLACE_EXISTING);

    // then
    assertThatThrownBy(() -> rebuilt(Optional.of(store), false))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("journal_20260301");
  }

  @Test
  void shouldNotMissWhatWasDroppedWithoutACopy_whenThatWasMeant() throws Exception {
    // given
    new Retention(
            database.dataSource(), Map.of(Family.SAGA_ENDED, Duration.ofDays(9)), Optional.empty())
        .run(NOW);

    // when
    Comparison found = rebuilt(Optional.empty(), false);

    // then
    assertThat(found.isClean()).isTrue();
    assertThat(found.report().getLast()).doesNotContain("; 0 were dropped");
  }

  /** As after the benchmark has filled a database. */
  @Test
  void shouldArchiveAWeekAndSayThatItHasNoJournal_whenItsRowsWereInvented() throws Exception {
    // given
    history.publishAll();
    Partition week = Partition.of(Family.SAGA_ENDED, DAY_1.minusWeeks(1));
    history.makePartition(week);
    database.execute(
        "insert into saga_ended select gen_random_uuid(), shard, version, created_at, place,"
            + " definition, saga_key, status, seq, updated_at, ended_at - interval '1 week', data,"
            + " state from saga_ended where ended_at < '"
            + DAY_2
            + " Z'");
    List<String> invented = database.query("select id::text from saga_ended_20260216 order by id");

    // when
    List<Partition> dropped = retention(store).run(NOW.minus(Duration.ofDays(1)));

    // then
    assertThat(dropped).containsExactly(week);
    try (InputStream manifest = store.read("saga_ended_20260216.manifest.json").orElseThrow()) {
      assertThat(Manifest.read(manifest).rows()).isEqualTo(invented.size()).isPositive();
    }
    assertThat(rebuilt(Optional.of(store), true).report().getLast())
        .contains(" 0 differ, 0 miss, " + invented.size() + " have no journal");
    assertThat(rebuilt(Optional.of(store), false).isClean()).isFalse();
    assertThat(rebuilt(Optional.empty(), false).isClean()).isTrue();
  }

  /** The same number of lines, with another text in them. */
  private static InputStream edited(InputStream stored) throws IOException {
    try (GZIPInputStream lines = new GZIPInputStream(stored)) {
      String text = new String(lines.readAllBytes(), StandardCharsets.UTF_8);
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (GZIPOutputStream compressed = new GZIPOutputStream(bytes)) {
        compressed.write(text.replace("hotel", "motel").getBytes(StandardCharsets.UTF_8));
      }
      return new ByteArrayInputStream(bytes.toByteArray());
    }
  }

  private static Retention retention(ArchiveStore store) {
    return new Retention(database.dataSource(), NINE_DAYS, Optional.of(store));
  }

  private static Comparison rebuilt(Optional<ArchiveStore> store, boolean write)
      throws SQLException, IOException {
    try (Connection connection = database.dataSource().getConnection()) {
      return Rebuilding.run(connection, store, write);
    }
  }

  /** A store that a test makes go wrong. */
  private static class Wrapped implements ArchiveStore {

    private final ArchiveStore inner;

    Wrapped(ArchiveStore inner) {
      this.inner = inner;
    }

    @Override
    public void write(String name, Path content) throws IOException {
      inner.write(name, content);
    }

    @Override
    public Optional<InputStream> read(String name) throws IOException {
      return inner.read(name);
    }

    @Override
    public List<String> names(String prefix) throws IOException {
      return inner.names(prefix);
    }
  }
}
