package io.skald.orchestrator.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skald.machine.Evolution;
import io.skald.machine.SagaCore;
import io.skald.machine.SagaState;
import io.skald.machine.Transition;
import io.skald.orchestrator.lane.Journal.Claim;
import io.skald.orchestrator.lane.Journal.Contender;
import io.skald.orchestrator.lane.Journal.JournalException;
import io.skald.orchestrator.lane.Journal.Line;
import io.skald.orchestrator.lane.Journal.StoredSaga;
import io.skald.orchestrator.lane.Journal.Unpublished;
import io.skald.orchestrator.lane.Journal.Wake;
import io.skald.saga.message.SagaId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What lanes rely on of any journal. */
public abstract class JournalContract {

  private static final Instant START = SettableClock.START;

  /** The same for all of one test; empty at its beginning, with shards 0 to 3. */
  protected abstract Journal journal();

  // --- claim and reclaim

  @Test
  void shouldRaiseEpochAndGiveWhatIsCommitted_whenClaimed() {
    // given
    Claim first = journal().claim(1, "a");
    journal()
        .commit(
            BatchBuilder.under(first)
                .insert(1, Drive.started("T-1"))
                .read("trip-requests", 1, 7)
                .read("a/b_c.d-e", 5, Long.MAX_VALUE)
                .published(1, 1)
                .build());

    // when
    Claim second = journal().claim(1, "b");

    // then
    assertThat(first).isEqualTo(new Claim(1, first.epoch(), 0, 0, Map.of()));
    assertThat(second)
        .isEqualTo(
            new Claim(
                1,
                first.epoch() + 1,
                1,
                1,
                Map.of(
                    new InputPartition("trip-requests", 1),
                    7L,
                    new InputPartition("a/b_c.d-e", 5),
                    Long.MAX_VALUE)));
  }

  @Test
  void shouldLeaveOtherShardsAlone_whenOneIsClaimed() {
    // given
    Claim other = journal().claim(2, "a");

    // when
    journal().claim(1, "b");

    // then
    assertThat(journal().commit(BatchBuilder.under(other).build())).isEmpty();
  }

  @Test
  void shouldFail_whenShardToClaimDoesNotExist() {
    assertThatThrownBy(() -> journal().claim(99, "a")).isInstanceOf(JournalException.class);
  }

  @Test
  void shouldReclaim_whenEpochIsStillOwn() {
    // given
    Claim mine = journal().claim(1, "a");

    // when
    Optional<Claim> again = journal().reclaim(1, mine.epoch(), "a");

    // then
    assertThat(again).contains(new Claim(1, mine.epoch() + 1, 0, 0, Map.of()));
    assertThat(journal().commit(BatchBuilder.under(mine).build())).containsExactly(1);
  }

  @Test
  void shouldNotReclaim_whenAnotherOwnerHasClaimed() {
    // given
    Claim mine = journal().claim(1, "a");
    Claim theirs = journal().claim(1, "b");

    // when
    Optional<Claim> again = journal().reclaim(1, mine.epoch(), "a");

    // then
    assertThat(again).isEmpty();
    assertThat(journal().commit(BatchBuilder.under(theirs).build())).isEmpty();
  }

  // --- commit

  @Test
  void shouldKeepStatesAndJournal_whenCommitted() {
    // given
    Claim one = journal().claim(1, "a");
    Claim two = journal().claim(2, "a");
    Drive first = Drive.started("T-1");
    Drive second = Drive.started("T-2").succeed();

    // when
    Set<Integer> lost =
        journal().commit(BatchBuilder.under(one, two).insert(1, first).insert(2, second).build());

    // then
    assertThat(lost).isEmpty();
    assertThat(journal().load(Set.of(first.id(), second.id())))
        .isEqualTo(
            Map.of(
                first.id(), new StoredSaga(first.state(), 1),
                second.id(), new StoredSaga(second.state(), 2)));
    assertThat(journal().above(1, 0))
        .extracting(Unpublished::transition)
        .isEqualTo(first.transitions());
    assertThat(journal().above(2, 0)).extracting(Unpublished::seq).containsExactly(1L, 2L);
  }

  @Test
  void shouldCommitNothingAndNameTheShard_whenEpochIsStale() {
    // given
    Claim stale = journal().claim(1, "a");
    journal().claim(1, "b");
    Drive saga = Drive.started("T-1");

    // when
    Set<Integer> lost = journal().commit(BatchBuilder.under(stale).insert(1, saga).build());

    // then
    assertThat(lost).containsExactly(1);
    assertNothingOf(saga, 1);
  }

  @Test
  void shouldCommitNothingAtAll_whenOneOfSeveralShardsIsLost() {
    // given
    Claim kept = journal().claim(0, "a");
    Claim stale = journal().claim(1, "a");
    Claim alsoKept = journal().claim(2, "a");
    journal().claim(1, "b");
    Drive saga = Drive.started("T-1");

    // when
    Set<Integer> lost =
        journal()
            .commit(
                BatchBuilder.under(kept, stale, alsoKept)
                    .insert(0, saga)
                    .read("trip-requests", 0, 9)
                    .build());

    // then
    assertThat(lost).containsExactly(1);
    assertNothingOf(saga, 0);
  }

  @Test
  void shouldNameAllLostShards_whenSeveralAreLost() {
    // given
    Claim one = journal().claim(1, "a");
    Claim two = journal().claim(2, "a");
    Claim three = journal().claim(3, "a");
    journal().claim(1, "b");
    journal().claim(3, "b");

    // when
    Set<Integer> lost = journal().commit(BatchBuilder.under(one, two, three).build());

    // then
    assertThat(lost).containsExactlyInAnyOrder(1, 3);
  }

  @Test
  void shouldCommitNothingAtAll_whenANewSagaExistsAlready() {
    // given
    Claim claim = journal().claim(1, "a");
    Drive there = Drive.started("T-1");
    journal().commit(BatchBuilder.under(claim).insert(1, there).build());
    Claim again = journal().claim(1, "a");
    Drive other = Drive.started("T-2");

    // when
    Batch batch = BatchBuilder.under(again).insert(1, other).insert(1, there).build();

    // then
    assertThatThrownBy(() -> journal().commit(batch)).isInstanceOf(JournalException.class);
    assertThat(journal().load(Set.of(other.id()))).isEmpty();
    assertThat(journal().claim(1, "a").journalSeq()).isEqualTo(1);
  }

  @Test
  void shouldCommitNothingAtAll_whenASagaToUpdateIsMissing() {
    // given
    Claim claim = journal().claim(1, "a");
    Drive other = Drive.started("T-2");
    Drive missing = Drive.started("T-1").succeed();

    // when
    Batch batch = BatchBuilder.under(claim).insert(1, other).update(1, missing, 2).build();

    // then
    assertThatThrownBy(() -> journal().commit(batch)).isInstanceOf(JournalException.class);
    assertNothingOf(other, 1);
  }

  @Test
  void shouldCommitNothingAtAll_whenASagaToEndIsMissing() {
    // given
    Claim claim = journal().claim(1, "a");
    Drive other = Drive.started("T-2");
    Drive missing = Drive.started("T-1").abort();

    // when
    Batch batch = BatchBuilder.under(claim).insert(1, other).update(1, missing, 2).build();

    // then
    assertThatThrownBy(() -> journal().commit(batch)).isInstanceOf(JournalException.class);
    assertNothingOf(other, 1);
  }

  @Test
  void shouldKeepSagasThatHaveEnded_whetherTheyHadARowOrNot() {
    // given
    Claim claim = journal().claim(1, "a");
    Batches batches = new Batches(claim);
    Drive later = Drive.started("T-1");
    Drive atOnce = Drive.started("T-2").abort();
    journal().commit(batches.begin(List.of(later, atOnce)));

    // when
    later.abort();
    assertThat(journal().commit(batches.move(List.of(later)))).isEmpty();
    later.cancel();
    atOnce.abort();
    assertThat(journal().commit(batches.move(List.of(later, atOnce)))).isEmpty();

    // then
    assertThat(later.state().core().seq()).isEqualTo(3);
    assertThat(journal().load(Set.of(later.id(), atOnce.id())))
        .isEqualTo(
            Map.of(
                later.id(), new StoredSaga(later.state(), 1),
                atOnce.id(), new StoredSaga(atOnce.state(), 1)));
    assertThat(journal().due(Set.of(1), Instant.EPOCH, Instant.parse("2099-01-01T00:00:00Z"), 10))
        .isEmpty();
  }

  @Test
  void shouldRefuseActiveSagaWithoutWakeUp() {
    // given
    Claim claim = journal().claim(1, "a");
    Drive saga = Drive.started("T-1");

    // when
    Batch batch =
        BatchBuilder.under(claim)
            .write(1, withoutWakeUp(saga.state()), true, saga.transitions())
            .build();

    // then
    assertThatThrownBy(() -> journal().commit(batch))
        .isInstanceOf(JournalException.class)
        .cause()
        .hasMessageContaining("saga_active_has_wake_up");
    assertNothingOf(saga, 1);
  }

  @Test
  void shouldKeepWhatIsHeld_withoutAWakeUp() {
    // given
    Claim claim = journal().claim(1, "a");
    Drive child = Drive.child("P-1/car");
    journal().commit(BatchBuilder.under(claim).insert(1, child).build());

    // when
    child.succeed();
    journal().commit(BatchBuilder.under(journal().claim(1, "a")).update(1, child, 2).build());

    // then
    assertThat(child.state()).isInstanceOf(SagaState.Held.class);
    assertThat(journal().load(Set.of(child.id())).values())
        .singleElement()
        .satisfies(stored -> assertThat(stored.state()).isEqualTo(child.state()));

    assertThat(journal().due(Set.of(1), Instant.EPOCH, Instant.parse("2099-01-01T00:00:00Z"), 9))
        .isEmpty();
  }

  static SagaState withoutWakeUp(SagaState state) {
    SagaCore core = state.core();
    return new SagaState.Running(
        new SagaCore(
            core.id(),
            core.definition(),
            core.version(),
            core.fingerprint(),
            core.key(),
            core.startDigest(),
            core.startedAt(),
            Optional.empty(),
            core.place(),
            core.updatedAt(),
            core.seq(),
            core.data(),
            List.of(),
            List.of(),
            Optional.empty()));
  }

  @Test
  void shouldRefuseToHavePublishedMoreThanThereIs() {
    // given
    Claim claim = journal().claim(1, "a");

    // when
    Batch batch = BatchBuilder.under(claim).published(1, 1).build();

    // then
    assertThatThrownBy(() -> journal().commit(batch)).isInstanceOf(JournalException.class);
  }

  // --- what can be read

  @Test
  void shouldLeaveOutWhatDoesNotExist_whenLoading() {
    // given
    Claim claim = journal().claim(1, "a");
    Drive saga = Drive.started("T-1");
    journal().commit(BatchBuilder.under(claim).insert(1, saga).build());

    // then
    assertThat(journal().load(Set.of(saga.id(), Drive.started("T-2").id())))
        .containsOnlyKeys(saga.id());
    assertThat(journal().load(Set.of())).isEmpty();
  }

  @Test
  void shouldGiveRowsAboveInOrder_whenManyAreUnpublished() {
    // given
    Claim claim = journal().claim(1, "a");
    Drive saga = Drive.started("T-1").succeed().succeed();
    journal().commit(BatchBuilder.under(claim).insert(1, saga).build());
    Drive later = Drive.started("T-2");
    journal().commit(BatchBuilder.under(journal().claim(1, "a")).insert(1, later).build());

    // when
    List<Unpublished> rows = journal().above(1, 1);

    // then
    assertThat(rows)
        .containsExactly(
            new Unpublished(2, saga.state().core(), saga.transitions().get(1)),
            new Unpublished(3, saga.state().core(), saga.transitions().get(2)),
            new Unpublished(4, later.state().core(), later.transitions().get(0)));
    assertThat(journal().above(1, 4)).isEmpty();
    assertThat(journal().above(2, 0)).isEmpty();
  }

  @Test
  void shouldGiveWhatIsDueInOrder_whenAskedForShardsAndTime() {
    // given
    Claim one = journal().claim(1, "a");
    Claim two = journal().claim(2, "a");
    Claim three = journal().claim(3, "a");
    Drive late = Drive.started("T-late", START.plusSeconds(20));
    Drive early = Drive.started("T-early", START);
    Drive middle = Drive.started("T-middle", START.plusSeconds(10));
    Drive elsewhere = Drive.started("T-elsewhere", START);
    Drive parked = Drive.started("T-parked", START).parkWithoutDefinition();
    Drive ended = Drive.started("T-ended", START).abort();
    journal()
        .commit(
            BatchBuilder.under(one, two, three)
                .insert(1, late)
                .insert(1, early)
                .insert(2, middle)
                .insert(3, elsewhere)
                .insert(1, parked)
                .insert(2, ended)
                .build());
    Instant middleDue = middle.state().nextDueAt().orElseThrow();

    // then
    assertThat(
            journal().due(Set.of(1, 2), Instant.EPOCH, Instant.parse("2099-01-01T00:00:00Z"), 10))
        .containsExactly(wake(early, 1), wake(middle, 2), wake(late, 1));
    assertThat(journal().due(Set.of(1, 2), Instant.EPOCH, Instant.parse("2099-01-01T00:00:00Z"), 2))
        .containsExactly(wake(early, 1), wake(middle, 2));
    assertThat(journal().due(Set.of(1, 2), Instant.EPOCH, middleDue, 10))
        .containsExactly(wake(early, 1));
    assertThat(journal().due(Set.of(1, 2), Instant.EPOCH, middleDue.plusNanos(1_000), 10))
        .hasSize(2);
    assertThat(journal().due(Set.of(), Instant.EPOCH, middleDue, 10)).isEmpty();
    assertThat(journal().due(Set.of(1, 2), middleDue, middleDue.plusNanos(1_000), 10)).hasSize(1);
  }

  private static Wake wake(Drive saga, int shard) {
    return new Wake(saga.id(), shard, saga.state().nextDueAt().orElseThrow());
  }

  @Test
  void shouldFindWhatWaitsForItsDefinition_whenItIsDeployed() {
    // given
    Claim one = journal().claim(1, "a");
    Claim two = journal().claim(2, "a");
    Drive waiting = Drive.started("T-1").parkWithoutDefinition();
    Drive elsewhere = Drive.started("T-2").parkWithoutDefinition();
    Drive otherReason = Drive.started("T-3").succeed().succeed().fail().wake().fail().wake().fail();
    Drive running = Drive.started("T-4");
    journal()
        .commit(
            BatchBuilder.under(one, two)
                .insert(1, waiting)
                .insert(2, elsewhere)
                .insert(1, otherReason)
                .insert(1, running)
                .build());

    // then
    assertThat(otherReason.state()).isInstanceOf(SagaState.Parked.class);
    assertThat(journal().parkedForDefinition(1, List.of("trip v1", "x v2")))
        .containsExactly(waiting.id());
    assertThat(journal().parkedForDefinition(1, List.of("trip v2"))).isEmpty();
    assertThat(journal().parkedForDefinition(1, List.of())).isEmpty();
  }

  @Test
  void shouldGiveWhoStandsInALine_whenSomeWaitAndSomeHaveEnded() {
    // given
    Claim one = journal().claim(1, "a");
    Claim two = journal().claim(2, "a");
    Drive first = Drive.soloStarted("T-1", "a", 0);
    Drive second = Drive.soloStarted("T-1", "b", 1);
    Drive cancelled = Drive.soloStarted("T-1", "c", 2).cancel();
    Drive fourth = Drive.soloStarted("T-1", "d", 3);
    Drive other = Drive.soloStarted("T-2", "a", 0);
    Drive elsewhere = Drive.soloStarted("T-1", "e", 0);
    journal()
        .commit(
            BatchBuilder.under(one, two)
                .insert(1, fourth)
                .insert(1, first)
                .insert(1, cancelled)
                .insert(1, second)
                .insert(1, other)
                .insert(2, elsewhere)
                .insert(1, Drive.started("T-1"))
                .build());
    Line line = new Line(1, "solo", "T-1");
    Line others = new Line(1, "solo", "T-2");

    // then
    assertThat(
            journal()
                .contenders(
                    Set.of(line, others, new Line(1, "solo", "T-3"), new Line(1, "trip", "T-1"))))
        .isEqualTo(
            Map.of(
                line,
                List.of(
                    new Contender(first.id(), 1, false),
                    new Contender(second.id(), 2, true),
                    new Contender(fourth.id(), 4, true)),
                others,
                List.of(new Contender(other.id(), 1, false))));
    assertThat(journal().contenders(Set.of())).isEmpty();
  }

  @Test
  void shouldGiveTheLineAsItIs_whenATurnHasCome() {
    // given
    Batches batches = new Batches(journal().claim(1, "a"));
    Drive first = Drive.soloStarted("T-1", "a", 0);
    Drive second = Drive.soloStarted("T-1", "b", 1);
    Drive third = Drive.soloStarted("T-1", "c", 2);
    journal().commit(batches.begin(List.of(first, second, third)));

    // when
    first.abort();
    second.turnCame();
    assertThat(journal().commit(batches.move(List.of(first, second)))).isEmpty();

    // then
    Line line = new Line(1, "solo", "T-1");
    assertThat(journal().contenders(Set.of(line)))
        .isEqualTo(
            Map.of(
                line,
                List.of(new Contender(second.id(), 2, false), new Contender(third.id(), 3, true))));
    assertThat(journal().load(Set.of(first.id(), second.id(), third.id())))
        .isEqualTo(
            Map.of(
                first.id(), new StoredSaga(first.state(), 1),
                second.id(), new StoredSaga(second.state(), 1),
                third.id(), new StoredSaga(third.state(), 1)));
    assertThat(journal().due(Set.of(1), Instant.EPOCH, Instant.parse("2099-01-01T00:00:00Z"), 10))
        .extracting(Wake::saga)
        .containsExactly(second.id());
  }

  // --- the whole of it

  @Test
  void shouldHaveJournalThatGivesTheStoredStates_whenSagasGoAnyWay() {
    RandomGenerator random = new Random(42);
    List<Drive> sagas = new ArrayList<>();
    for (int round = 0; round < 60; round++) {
      // given
      BatchBuilder batch = BatchBuilder.under(journal().claim(0, "a"), journal().claim(1, "a"));
      for (Drive saga : sagas) {
        int before = saga.transitions().size();
        saga.anything(random);
        if (saga.transitions().size() > before) {
          batch.update(shardOf(saga), saga, before + 1);
        }
      }
      Drive fresh = Drive.started("T-" + round, START.plus(Duration.ofNanos(round * 1_001L)));
      sagas.add(fresh);
      batch.insert(shardOf(fresh), fresh);

      // when
      assertThat(journal().commit(batch.build())).isEmpty();

      // then
      Map<SagaId, StoredSaga> stored =
          journal().load(sagas.stream().map(Drive::id).collect(Collectors.toSet()));
      for (Drive saga : sagas) {
        assertThat(stored.get(saga.id())).isEqualTo(new StoredSaga(saga.state(), shardOf(saga)));
      }
    }
    List<Unpublished> rows = new ArrayList<>(journal().above(0, 0));
    rows.addAll(journal().above(1, 0));
    for (Drive saga : sagas) {
      assertThat(replayed(rows, saga.id())).isEqualTo(saga.state());
    }
    assertThat(journal().above(0, 0))
        .extracting(Unpublished::seq)
        .isSorted()
        .doesNotHaveDuplicates();
  }

  private static int shardOf(Drive saga) {
    return Math.floorMod(saga.key().hashCode(), 2);
  }

  private static SagaState replayed(List<Unpublished> rows, SagaId id) {
    Optional<SagaState> state = Optional.empty();
    for (Unpublished row : rows) {
      Transition transition = row.transition();
      if (transition.saga().equals(id)) {
        state = Optional.of(Evolution.apply(state, transition));
      }
    }
    return state.orElseThrow();
  }

  private void assertNothingOf(Drive saga, int shard) {
    assertThat(journal().load(Set.of(saga.id()))).isEmpty();
    assertThat(journal().above(shard, 0)).isEmpty();
    Claim claim = journal().claim(shard, "checker");
    assertThat(claim.journalSeq()).isZero();
    assertThat(claim.offsets()).isEmpty();
  }
}
