package io.skald.simulation;

import io.skald.orchestrator.lane.Batch;
import io.skald.orchestrator.lane.Journal;
import io.skald.saga.message.SagaId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * One orchestrator's connection to the database: it breaks before a transaction or after it, and
 * the process dies or stands still on either side of a commit.
 */
final class StoreConnection implements Journal {

  private final OrchestratorStore store;
  private final Journal journal;
  private final Faults faults;
  private final OrchestratorNode node;

  StoreConnection(World world, OrchestratorNode node) {
    this.store = world.store();
    this.journal = world.mechanisms().journal(store);
    this.faults = world.faults();
    this.node = node;
  }

  @Override
  public Claim claim(int shard, String owner) {
    reach();
    node.mayCrash(Fault.CRASH_WHILE_CLAIMING);
    Claim claim = journal.claim(shard, owner);
    node.mayCrash(Fault.CRASH_WHILE_CLAIMING);
    return claim;
  }

  @Override
  public Optional<Claim> reclaim(int shard, long epoch, String owner) {
    reach();
    Optional<Claim> claim = journal.reclaim(shard, epoch, owner);
    node.mayCrash(Fault.CRASH_WHILE_CLAIMING);
    return claim;
  }

  @Override
  public Map<SagaId, StoredSaga> load(Set<SagaId> ids) {
    return read(() -> journal.load(ids));
  }

  @Override
  public List<Unpublished> above(int shard, long seq) {
    return read(() -> journal.above(shard, seq));
  }

  @Override
  public List<Wake> due(Collection<Integer> shards, Instant from, Instant until, int limit) {
    return read(() -> journal.due(shards, from, until, limit));
  }

  @Override
  public List<SagaId> parkedForDefinition(int shard, Collection<String> deployed) {
    return read(() -> journal.parkedForDefinition(shard, deployed));
  }

  @Override
  public Map<Line, List<Contender>> contenders(Set<Line> lines) {
    return read(() -> journal.contenders(lines));
  }

  @Override
  public Set<Integer> commit(Batch batch) {
    reach();
    node.mayCrash(Fault.CRASH_BEFORE_COMMIT);
    if (node.maySuspend(Fault.SUSPENDED_BEFORE_COMMIT)) {
      reach();
    }
    if (faults.strikes(Fault.COMMIT_REFUSED)) {
      throw broken("before COMMIT");
    }
    Set<Integer> lost = journal.commit(batch);
    node.mayCrash(Fault.CRASH_AFTER_COMMIT);
    node.maySuspend(Fault.SUSPENDED_AFTER_COMMIT);
    if (faults.strikes(Fault.COMMIT_UNKNOWN)) {
      throw broken("in COMMIT");
    }
    return lost;
  }

  private <T> T read(Supplier<T> query) {
    reach();
    if (faults.strikes(Fault.STORE_READ_FAILED)) {
      throw broken("in a query");
    }
    return query.get();
  }

  private void reach() {
    node.mustLive();
    if (store.isAway()) {
      throw broken("before it began");
    }
  }

  private static JournalException broken(String when) {
    return new JournalException(
        "Expected the database to answer",
        new IllegalStateException("The connection broke " + when));
  }
}
