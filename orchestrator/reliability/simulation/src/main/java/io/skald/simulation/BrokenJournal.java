package io.skald.simulation;

import io.skald.orchestrator.lane.InputPartition;
import io.skald.orchestrator.lane.Journal;
import io.skald.orchestrator.lane.ShardMap;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A journal that does not give a new owner all that it needs. */
final class BrokenJournal extends ForwardingJournal {

  private final Set<Mechanism> missing;
  private final Map<InputPartition, Long> polled;
  private final ShardMap shards;

  BrokenJournal(
      Journal journal, Set<Mechanism> missing, Map<InputPartition, Long> polled, ShardMap shards) {
    super(journal);
    this.missing = missing;
    this.polled = polled;
    this.shards = shards;
  }

  @Override
  public Claim claim(int shard, String owner) {
    return crippled(super.claim(shard, owner));
  }

  @Override
  public Optional<Claim> reclaim(int shard, long epoch, String owner) {
    return super.reclaim(shard, epoch, owner).map(this::crippled);
  }

  private Claim crippled(Claim claim) {
    Map<InputPartition, Long> offsets = new HashMap<>(claim.offsets());
    polled.forEach(
        (partition, next) -> {
          if (shards.ofPartition(partition.partition()) == claim.shard()) {
            offsets.put(partition, next);
          }
        });
    return new Claim(
        claim.shard(),
        claim.epoch(),
        claim.journalSeq(),
        missing.contains(Mechanism.WATERMARK) ? claim.journalSeq() : claim.publishedSeq(),
        offsets);
  }

  @Override
  public List<Wake> due(Collection<Integer> owned, Instant from, Instant until, int limit) {
    return missing.contains(Mechanism.DURABLE_TIMERS)
        ? List.of()
        : super.due(owned, from, until, limit);
  }
}
