package io.skald.orchestrator.lane;

import io.skald.machine.ParkReason;
import io.skald.machine.SagaCore;
import io.skald.machine.SagaState;
import io.skald.machine.Transition;
import io.skald.orchestrator.lane.Batch.JournalWrite;
import io.skald.orchestrator.lane.Batch.SagaWrite;
import io.skald.orchestrator.lane.Batch.ShardWrite;
import io.skald.saga.message.SagaId;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A journal that forgets nothing until the test ends: it outlives the lanes that write to it, as
 * PostgreSQL does. Passes {@link JournalContract}.
 */
public final class InMemoryJournal implements Journal {

  /** What becomes of a commit that is made to fail. */
  public enum Fault {
    NOT_DONE,
    DONE_BUT_REPORTED_FAILED
  }

  private record Shard(
      long epoch,
      String owner,
      long journalSeq,
      long publishedSeq,
      Map<InputPartition, Long> offsets) {}

  private final Map<Integer, Shard> shards = new TreeMap<>();
  private final Map<SagaId, StoredSaga> sagas = new HashMap<>();
  private final Map<Integer, TreeMap<Long, Transition>> journal = new TreeMap<>();
  private final Deque<Fault> faults = new ArrayDeque<>();
  private final List<Batch> commits = new ArrayList<>();
  private Runnable onCommit = () -> {};
  private boolean away;
  private int loads;
  private int lineReads;
  private int claims;

  public InMemoryJournal(int shardCount) {
    for (int id = 0; id < shardCount; id++) {
      shards.put(id, new Shard(0, "", 0, 0, Map.of()));
      journal.put(id, new TreeMap<>());
    }
  }

  // --- what a test makes of it

  /** The next commit fails. */
  public synchronized void failNext(Fault fault) {
    faults.add(fault);
  }

  /** No commit fails any more. */
  public synchronized void heal() {
    faults.clear();
  }

  /** Nothing works until it is back. */
  public synchronized void setAway(boolean away) {
    this.away = away;
  }

  /** Runs when a batch has been committed, before the caller is told. */
  public synchronized void onCommit(Runnable onCommit) {
    this.onCommit = onCommit;
  }

  // --- what a test wants to know

  public synchronized Optional<SagaState> saga(SagaId id) {
    return Optional.ofNullable(sagas.get(id)).map(StoredSaga::state);
  }

  public synchronized Collection<StoredSaga> sagas() {
    return List.copyOf(sagas.values());
  }

  public synchronized List<Transition> transitions(SagaId saga) {
    return journal.values().stream()
        .flatMap(rows -> rows.values().stream())
        .filter(transition -> transition.saga().equals(saga))
        .sorted(Comparator.comparing(Transition::seq))
        .toList();
  }

  public synchronized Claim row(int shard) {
    return claim(shard, rowOf(shard));
  }

  /** The batches that were committed, in order. */
  public synchronized List<Batch> commits() {
    return List.copyOf(commits);
  }

  /** How many sagas were asked for. */
  public synchronized int loads() {
    return loads;
  }

  /** How many lines were asked for. */
  public synchronized int lineReads() {
    return lineReads;
  }

  /** How often a shard was claimed or reclaimed. */
  public synchronized int claims() {
    return claims;
  }

  // --- the journal

  @Override
  public synchronized Claim claim(int shard, String owner) {
    checkThere();
    return raised(shard, rowOf(shard), owner);
  }

  private Shard rowOf(int shard) {
    Shard row = shards.get(shard);
    if (row == null) {
      throw failed("Expected a row for shard " + shard);
    }
    return row;
  }

  private TreeMap<Long, Transition> journalOf(int shard) {
    return journal.computeIfAbsent(shard, none -> new TreeMap<>());
  }

  @Override
  public synchronized Optional<Claim> reclaim(int shard, long epoch, String owner) {
    checkThere();
    Shard row = shards.get(shard);
    return row == null || row.epoch() != epoch
        ? Optional.empty()
        : Optional.of(raised(shard, row, owner));
  }

  private Claim raised(int shard, Shard row, String owner) {
    claims++;
    Shard raised =
        new Shard(row.epoch() + 1, owner, row.journalSeq(), row.publishedSeq(), row.offsets());
    shards.put(shard, raised);
    return claim(shard, raised);
  }

  private static Claim claim(int shard, Shard row) {
    return new Claim(shard, row.epoch(), row.journalSeq(), row.publishedSeq(), row.offsets());
  }

  @Override
  public synchronized Map<SagaId, StoredSaga> load(Set<SagaId> ids) {
    checkThere();
    loads += ids.size();
    Map<SagaId, StoredSaga> found = new HashMap<>(sagas);
    found.keySet().retainAll(ids);
    return found;
  }

  @Override
  public synchronized List<Unpublished> above(int shard, long seq) {
    checkThere();
    List<Unpublished> rows = new ArrayList<>();
    journalOf(shard)
        .tailMap(seq, false)
        .forEach(
            (number, transition) ->
                saga(transition.saga())
                    .ifPresent(saga -> rows.add(new Unpublished(number, saga.core(), transition))));
    return rows;
  }

  @Override
  public synchronized List<Wake> due(
      Collection<Integer> ofShards, Instant from, Instant until, int limit) {
    checkThere();
    return sagas.values().stream()
        .filter(saga -> ofShards.contains(saga.shard()))
        .filter(
            saga ->
                saga.state()
                    .nextDueAt()
                    .filter(due -> !due.isBefore(from) && due.isBefore(until))
                    .isPresent())
        .map(
            saga ->
                new Wake(
                    saga.state().core().id(), saga.shard(), saga.state().nextDueAt().orElseThrow()))
        .sorted(Comparator.comparing(Wake::dueAt).thenComparing(wake -> wake.saga().value()))
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized List<SagaId> parkedForDefinition(int shard, Collection<String> deployed) {
    checkThere();
    return sagas.values().stream()
        .filter(saga -> saga.shard() == shard && isParkedFor(saga.state(), deployed))
        .map(saga -> saga.state().core().id())
        .sorted(Comparator.comparing(SagaId::value))
        .toList();
  }

  private static boolean isParkedFor(SagaState state, Collection<String> deployed) {
    return state instanceof SagaState.Parked parked
        && parked.reason() == ParkReason.DEFINITION_MISSING
        && deployed.contains(parked.core().definition() + " v" + parked.core().version());
  }

  @Override
  public synchronized Map<Line, List<Contender>> contenders(Set<Line> lines) {
    checkThere();
    lineReads += lines.size();
    Map<Line, List<Contender>> found = new HashMap<>();
    sagas.values().stream()
        .filter(saga -> saga.state().core().isExclusive())
        .filter(saga -> !saga.state().status().isTerminal())
        .sorted(Comparator.comparing(saga -> saga.state().core().place()))
        .forEach(
            saga -> {
              SagaCore core = saga.state().core();
              Line line = new Line(saga.shard(), core.definition(), core.key());
              if (lines.contains(line)) {
                found
                    .computeIfAbsent(line, none -> new ArrayList<>())
                    .add(
                        new Contender(
                            core.id(), core.place(), saga.state() instanceof SagaState.Queued));
              }
            });
    return found;
  }

  @Override
  public synchronized Set<Integer> commit(Batch batch) {
    checkThere();
    Optional<Fault> fault = Optional.ofNullable(faults.poll());
    if (fault.filter(Fault.NOT_DONE::equals).isPresent()) {
      throw failed("The connection broke before COMMIT");
    }
    Set<Integer> lost = new HashSet<>();
    for (ShardWrite write : batch.shards()) {
      if (rowOf(write.shard()).epoch() != write.epoch()) {
        lost.add(write.shard());
      }
    }
    if (lost.isEmpty()) {
      check(batch);
      write(batch);
    }
    if (fault.isPresent()) {
      throw failed("The connection broke in COMMIT");
    }
    return lost;
  }

  /** The constraints of the tables. */
  private void check(Batch batch) {
    for (SagaWrite write : batch.sagas()) {
      SagaState state = write.state();
      if (sagas.containsKey(state.core().id()) == write.isNew()) {
        throw failed("Expected saga " + state.core().id() + " to be new: " + write.isNew());
      }
      if (state.status().isActive() != state.nextDueAt().isPresent()) {
        throw failed("saga_active_has_wake_up: " + state.core().id());
      }
    }
    for (JournalWrite write : batch.journal()) {
      if (journalOf(write.shard()).containsKey(write.seq())) {
        throw failed("Expected journal row " + write.shard() + "/" + write.seq() + " to be new");
      }
    }
    for (ShardWrite write : batch.shards()) {
      if (write.publishedSeq() > write.journalSeq()) {
        throw failed("Expected shard " + write.shard() + " to publish what is in its journal");
      }
    }
  }

  private void write(Batch batch) {
    for (ShardWrite write : batch.shards()) {
      Shard row = rowOf(write.shard());
      shards.put(
          write.shard(),
          new Shard(
              row.epoch(), row.owner(), write.journalSeq(), write.publishedSeq(), write.offsets()));
    }
    for (SagaWrite write : batch.sagas()) {
      sagas.put(write.state().core().id(), new StoredSaga(write.state(), write.shard()));
    }
    for (JournalWrite write : batch.journal()) {
      journalOf(write.shard()).put(write.seq(), write.transition());
    }
    commits.add(batch);
    onCommit.run();
  }

  private void checkThere() {
    if (away) {
      throw failed("Nobody is there");
    }
  }

  private static JournalException failed(String because) {
    return new JournalException("Expected the journal to work", new IllegalStateException(because));
  }
}
