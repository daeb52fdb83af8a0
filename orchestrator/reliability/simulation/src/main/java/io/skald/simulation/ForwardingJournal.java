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

/** A journal that hands everything on; subclasses change what they are about. */
class ForwardingJournal implements Journal {

  private final Journal journal;

  ForwardingJournal(Journal journal) {
    this.journal = journal;
  }

  @Override
  public Claim claim(int shard, String owner) {
    return journal.claim(shard, owner);
  }

  @Override
  public Optional<Claim> reclaim(int shard, long epoch, String owner) {
    return journal.reclaim(shard, epoch, owner);
  }

  @Override
  public Map<SagaId, StoredSaga> load(Set<SagaId> ids) {
    return journal.load(ids);
  }

  @Override
  public List<Unpublished> above(int shard, long seq) {
    return journal.above(shard, seq);
  }

  @Override
  public List<Wake> due(Collection<Integer> shards, Instant from, Instant until, int limit) {
    return journal.due(shards, from, until, limit);
  }

  @Override
  public List<SagaId> parkedForDefinition(int shard, Collection<String> deployed) {
    return journal.parkedForDefinition(shard, deployed);
  }

  @Override
  public Map<Line, List<Contender>> contenders(Set<Line> lines) {
    return journal.contenders(lines);
  }

  @Override
  public Set<Integer> commit(Batch batch) {
    return journal.commit(batch);
  }
}
