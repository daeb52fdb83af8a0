package io.skald.orchestrator.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.skald.machine.IgnoreReason;
import io.skald.machine.Verdict;
import io.skald.orchestrator.lane.Batch;
import io.skald.orchestrator.lane.Batch.JournalWrite;
import io.skald.orchestrator.lane.Batch.SagaWrite;
import io.skald.orchestrator.lane.Batch.ShardWrite;
import io.skald.orchestrator.lane.Batches;
import io.skald.orchestrator.lane.Drive;
import io.skald.orchestrator.lane.InputPartition;
import io.skald.orchestrator.lane.Journal;
import io.skald.orchestrator.lane.Journal.Claim;
import io.skald.orchestrator.lane.JournalContract;
import io.skald.orchestrator.lane.Trips;
import io.skald.saga.SagaDefinition;
import io.skald.saga.message.SagaId;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract on a real server, and what only a real server shows. */
class PostgresJournalIT extends JournalContract {

  private static final String OPEN_TRANSACTIONS_WAITING =
      "select count(*) from pg_stat_activity where wait_event_type = 'Lock'";

  @TempDir static Path directory;

  private static Database database;

  private PostgresJournal journal;

  @BeforeAll
  static void start() {
    database = Database.start(directory.resolve("postgres"));
    new Housekeeping(database.dataSource()).makePartitions();
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  @BeforeEach
  void clear() {
    database.clear(4);
    journal = new PostgresJournal(database.dataSource());
  }

  @Override
  protected Journal journal() {
    return journal;
  }

  @Test
  void shouldWaitForTransactionInFlight_whenClaimed() throws Exception {
    // given
    journal.claim(1, "former");
    try (Connection former = database.dataSource().getConnection();
        Statement statement = former.createStatement()) {
      former.setAutoCommit(false);
      statement.execute(
          "update shard set journal_seq = 17, offsets = '{\"t/1\":5}' where id = 1 and epoch = 1");

      // when
      CompletableFuture<Claim> claim =
          CompletableFuture.supplyAsync(() -> journal.claim(1, "latter"));
      await().until(() -> database.query(OPEN_TRANSACTIONS_WAITING), List.of("1")::equals);
      assertThat(claim).isNotDone();
      former.commit();

      // then
      assertThat(claim.get(10, TimeUnit.SECONDS))
          .isEqualTo(new Claim(1, 2, 17, 0, Map.of(new InputPartition("t", 1), 5L)));
    }
  }

  @Test
  void shouldCommitNothing_whenClaimedWhileCommitWaits() throws Exception {
    // given
    Claim former = journal.claim(1, "former");
    Drive saga = Drive.started("T-1");
    try (Connection latter = database.dataSource().getConnection();
        Statement statement = latter.createStatement()) {
      latter.setAutoCommit(false);
      statement.execute("update shard set epoch = epoch + 1 where id = 1");

      // when
      CompletableFuture<?> commit =
          CompletableFuture.supplyAsync(() -> journal.commit(batch(former, saga)));
      await().until(() -> database.query(OPEN_TRANSACTIONS_WAITING), List.of("1")::equals);
      latter.commit();

      // then
      assertThat(commit.get(10, TimeUnit.SECONDS)).isEqualTo(Set.of(1));
      assertThat(database.query("select count(*) from sagas")).containsExactly("0");
    }
  }

  @Test
  void shouldMoveRowOutOfTheHotTable_whenSagaEnds() {
    // given
    Claim claim = journal.claim(1, "a");
    Batches batches = new Batches(claim);
    Drive later = Drive.started("T-1");
    Drive atOnce = Drive.started("T-2").abort();

    // when, then
    journal.commit(batches.begin(List.of(later, atOnce)));
    assertThat(database.query("select saga_key from saga")).containsExactly("T-1");
    assertThat(database.query("select saga_key from saga_ended")).containsExactly("T-2");
    journal.commit(batches.move(List.of(later.abort())));
    assertThat(database.query("select saga_key from saga")).isEmpty();
    assertThat(database.query("select saga_key from saga_ended order by 1"))
        .containsExactly("T-1", "T-2");
    assertThat(database.query("select ended_at from saga_ended where saga_key = 'T-1'"))
        .isEqualTo(database.query("select updated_at from saga_ended where saga_key = 'T-1'"));
  }

  @Test
  void shouldRefuseRowsThatBreakLaws_whateverWritesThem() {
    // given
    journal.commit(batch(journal.claim(1, "a"), Drive.started("T-1")));

    // then
    assertThatThrownBy(() -> database.execute("update saga set next_due_at = null"))
        .cause()
        .hasMessageContaining("saga_active_has_wake_up");
    assertThatThrownBy(() -> database.execute("update saga set status = 'PARKED'"))
        .cause()
        .hasMessageContaining("saga_active_has_wake_up");
    assertThatThrownBy(() -> database.execute("update saga set status = 'COMPLETED'"))
        .cause()
        .hasMessageContaining("saga_status_is_known");
    assertThatThrownBy(() -> database.execute("update shard set published_seq = 99"))
        .cause()
        .hasMessageContaining("shard_check");
  }

  @Test
  void shouldStoreTheVeryTextThatReplayGives_whenSagasGoAnyWay() {
    // given
    Random random = new Random(7);
    Claim claim = journal.claim(1, "a");
    List<Drive> sagas = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      Drive saga = Drive.started("T-" + i + " ä€😀");
      for (int j = random.nextInt(12); j > 0; j--) {
        saga.anything(random);
      }
      sagas.add(saga);
    }

    // when
    journal.commit(batch(claim, sagas.toArray(Drive[]::new)));

    // then
    for (Drive saga : sagas) {
      assertThat(database.query("select state from sagas where id = ?", saga.id().value()))
          .containsExactly(StateCodec.encode(saga.state()));
      assertThat(database.query("select data from sagas where id = ?", saga.id().value()))
          .containsExactly(saga.state().core().data());
      assertThat(
              database.query(
                  "select body from journal where saga_id = ? order by saga_seq",
                  saga.id().value()))
          .isEqualTo(saga.transitions().stream().map(t -> EntryCodec.encode(t.entries())).toList());
    }
  }

  @Test
  void shouldTryAgain_whenPostgresAsksForIt() {
    // given
    Transactions transactions = new Transactions(database.dataSource());
    AtomicInteger tries = new AtomicInteger();

    // when
    int taken =
        transactions.call(
            "be patient",
            connection -> {
              if (tries.incrementAndGet() < 3) {
                throw new SQLException("deadlock", "40P01");
              }
              return tries.get();
            });

    // then
    assertThat(taken).isEqualTo(3);
    assertThatThrownBy(
            () ->
                transactions.call(
                    "be impatient",
                    connection -> {
                      tries.incrementAndGet();
                      throw new SQLException("terminated", "57P01");
                    }))
        .isInstanceOf(Journal.JournalException.class);
    assertThat(tries).hasValue(4);
  }

  @Test
  void shouldFindVerdictsAndEnds_whenAnotherProcessDecided() {
    // given
    Drive saga = Drive.started("T-1").cancel().cancel();
    Drive ended = Drive.started("T-2").abort();
    journal.commit(batch(journal.claim(1, "a"), saga, ended));
    AnswersInJournal answers = new AnswersInJournal(database.dataSource());

    // then
    assertThat(answers.verdictOn(saga.id(), "T-1-2")).contains(new Verdict.Applied());
    assertThat(answers.verdictOn(saga.id(), "T-1-3"))
        .contains(new Verdict.Ignored(IgnoreReason.ALREADY_COMPENSATING));
    assertThat(answers.verdictOn(saga.id(), "nobody's")).isEmpty();
    assertThat(answers.hasEnded(saga.id())).isFalse();
    assertThat(answers.hasEnded(ended.id())).isTrue();
    assertThat(answers.hasEnded(Drive.started("T-3").id())).isFalse();
  }

  @Test
  void shouldRefuseAnotherNumberOfShards_whenRowsArePrepared() {
    // given
    Housekeeping housekeeping = new Housekeeping(database.dataSource());
    housekeeping.prepareShards(4);

    // then
    assertThatThrownBy(() -> housekeeping.prepareShards(8))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("8 shards")
        .hasMessageContaining("it has 4");
  }

  @Test
  void shouldCountWhatIsStuck_whenSwept() {
    // given
    journal.commit(
        batch(
            journal.claim(1, "a"),
            Drive.started("T-1"),
            Drive.started("T-2").parkWithoutDefinition()));

    // when
    Housekeeping.Sweep sweep = new Housekeeping(database.dataSource()).sweep(Duration.ofMinutes(1));

    // then
    assertThat(sweep).isEqualTo(new Housekeeping.Sweep(1, 1, 3));
  }

  @Test
  void shouldCountALineThatStandsStill_whenSwept() {
    // given
    Housekeeping housekeeping = new Housekeeping(database.dataSource());
    journal.commit(
        batch(
            journal.claim(1, "a"),
            Drive.soloStarted("T-1", "a", 0),
            Drive.soloStarted("T-1", "b", 1),
            Drive.soloStarted("T-1", "c", 2)));
    database.execute("update saga set next_due_at = now() where next_due_at is not null");
    assertThat(housekeeping.sweep(Duration.ofMinutes(1)).overdue()).isZero();

    // when
    database.execute("delete from saga where status = 'RUNNING'");

    // then
    assertThat(housekeeping.sweep(Duration.ofMinutes(1)).overdue()).isEqualTo(1);
  }

  @Test
  void shouldFindWhoWasInTheWay_whenAnotherProcessRefusedAStart() {
    // given
    SagaId refused = SagaId.forStart("solo", "T-1", "b");
    Drive first = Drive.soloStarted("T-1", "a", 0).excluded("q-1", refused);
    Batches batches = new Batches(journal.claim(1, "a"));
    journal.commit(batches.begin(List.of(first)));
    database.execute("update saga set updated_at = now()");
    AnswersInJournal answers = new AnswersInJournal(database.dataSource());

    // then
    assertThat(answers.exclusionOf("solo", "T-1", "q-1"))
        .contains(new Verdict.Excluded(first.id(), "it is there"));
    assertThat(answers.exclusionOf("solo", "T-1", "q-2")).isEmpty();
    assertThat(answers.exclusionOf("solo", "T-2", "q-1")).isEmpty();

    // when it has ended meanwhile
    journal.commit(batches.move(List.of(first.abort())));
    database.execute("update saga_ended set updated_at = now()");

    // then
    assertThat(answers.exclusionOf("solo", "T-1", "q-1")).isPresent();
  }

  @Test
  void shouldSayWhatDiffers_whenDefinitionDrifts() {
    // given
    DefinitionRegistry registry = new DefinitionRegistry(database.dataSource());
    registry.register(List.of(Trips.trip()));
    registry.register(List.of(Trips.trip(), Trips.trip(2)));
    journal.commit(batch(journal.claim(1, "a"), Drive.started("T-1")));
    database.execute(
        "update definition set fingerprint = 'x', structure = replace(structure, 'ticket', 'tram')"
            + " where version = 1");

    // then
    assertThatThrownBy(() -> registry.register(List.<SagaDefinition<?>>of(Trips.trip())))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("trip v1 has changed")
        .hasMessageContaining("1 live sagas")
        .hasMessageContaining("step 'tram' is gone")
        .hasMessageContaining("step 'ticket' (4th) is new, behind 'payment'");
  }

  private static Batch batch(Claim claim, Drive... sagas) {
    List<SagaWrite> states = new ArrayList<>();
    List<JournalWrite> rows = new ArrayList<>();
    for (Drive saga : sagas) {
      states.add(new SagaWrite(claim.shard(), saga.state(), true));
      saga.transitions()
          .forEach(
              transition ->
                  rows.add(
                      new JournalWrite(
                          claim.shard(), claim.journalSeq() + rows.size() + 1, transition)));
    }
    return new Batch(
        List.of(
            new ShardWrite(
                claim.shard(), claim.epoch(), claim.journalSeq() + rows.size(), 0, Map.of())),
        states,
        rows);
  }
}
