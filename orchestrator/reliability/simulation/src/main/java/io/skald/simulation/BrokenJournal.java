package io.skald.simulation;

import io.skald.orchestrator.lane.InputPartition;
import io.skald.orchestrator.lane.Journal;
import io.skald.orchestrator.lane.ShardMap;
import io.skald.saga.message.SagaId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** A journal that does not give a new owner all that it needs. */
final class BrokenJournal extends ForwardingJournal {

  private final Set<Mechanism> missing;
  private final Map<InputPartition, Long> polled;
  private final ShardMap shards;
  private final Predicate<SagaId> waits;

  BrokenJournal(
      Journal journal,
      Set<Mechanism> missing,
      Map<InputPartition, Long> polled,
      ShardMap shards,
      Predicate<SagaId> waits) {
    super(journal);
    this.missing = missing;
    this.polled = polled;
    this.shards = shards;
    this.waits = waits;
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
  public Map<Line, List<Contender>> contenders(Set<Line> lines) {
    if (missing.contains(Mechanism.ONE_AT_A_TIME)) {
      return Map.of();
    }
    Map<Line, List<Contender>> contenders = new HashMap<>(super.contenders(lines));
    if (missing.contains(Mechanism.TURNS_IN_ORDER)) {
      contenders.replaceAll((line, standing) -> newestFirst(standing));
    }
    return contenders;
  }

  /** Those who wait have changed their places. */
  private static List<Contender> newestFirst(List<Contender> standing) {
    List<Contender> waiting = standing.stream().filter(Contender::queued).toList();
    List<Contender> changed =
        new ArrayList<>(standing.stream().filter(each -> !each.queued()).toList());
    for (int i = 0; i < waiting.size(); i++) {
      Contender newest = waiting.get(waiting.size() - 1 - i);
      changed.add(new Contender(newest.id(), waiting.get(i).place(), true));
    }
    return changed;
  }

  @Override
  public List<Wake> due(Collection<Integer> owned, Instant from, Instant until, int limit) {
    if (missing.contains(Mechanism.DURABLE_TIMERS)) {
      return List.of();
    }
    List<Wake> due = super.due(owned, from, until, limit);
    return missing.contains(Mechanism.DURABLE_WAITS)
        ? due.stream().filter(wake -> !waits.test(wake.saga())).toList()
        : due;
  }
}
