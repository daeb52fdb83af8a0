package io.skald.orchestrator.lane;

import io.skald.machine.SagaState;
import io.skald.machine.Transition;
import io.skald.orchestrator.lane.Batch.JournalWrite;
import io.skald.orchestrator.lane.Batch.SagaWrite;
import io.skald.orchestrator.lane.Batch.ShardWrite;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Puts a batch together as a lane would. */
final class BatchBuilder {

  private final List<Journal.Claim> claims;
  private final Map<Integer, Long> journalSeqs = new HashMap<>();
  private final Map<Integer, Long> published = new HashMap<>();
  private final Map<InputPartition, Long> offsets = new HashMap<>();
  private final List<SagaWrite> sagas = new ArrayList<>();
  private final List<JournalWrite> journal = new ArrayList<>();

  private BatchBuilder(List<Journal.Claim> claims) {
    this.claims = claims;
    for (Journal.Claim claim : claims) {
      journalSeqs.put(claim.shard(), claim.journalSeq());
    }
  }

  static BatchBuilder under(Journal.Claim... claims) {
    return new BatchBuilder(List.of(claims));
  }

  /** A saga with all of its transitions so far, as a new row. */
  BatchBuilder insert(int shard, Drive drive) {
    return write(shard, drive.state(), true, drive.transitions());
  }

  /** The transitions from this one on (counted from 1), and the state after them. */
  BatchBuilder update(int shard, Drive drive, int from) {
    List<Transition> all = drive.transitions();
    return write(shard, drive.state(), false, all.subList(from - 1, all.size()));
  }

  BatchBuilder write(int shard, SagaState state, boolean isNew, List<Transition> transitions) {
    sagas.add(new SagaWrite(shard, state, isNew));
    for (Transition transition : transitions) {
      journal.add(new JournalWrite(shard, journalSeqs.merge(shard, 1L, Long::sum), transition));
    }
    return this;
  }

  BatchBuilder read(String topic, int partition, long next) {
    offsets.put(new InputPartition(topic, partition), next);
    return this;
  }

  BatchBuilder published(int shard, long seq) {
    published.put(shard, seq);
    return this;
  }

  Batch build() {
    return new Batch(claims.stream().map(this::shardWrite).toList(), sagas, journal);
  }

  private ShardWrite shardWrite(Journal.Claim claim) {
    ShardMap shards = new ShardMap(World.SHARDS);
    Map<InputPartition, Long> all = new HashMap<>(claim.offsets());
    offsets.forEach(
        (partition, next) -> {
          if (shards.ofPartition(partition.partition()) == claim.shard()) {
            all.put(partition, next);
          }
        });
    return new ShardWrite(
        claim.shard(),
        claim.epoch(),
        journalSeqs.getOrDefault(claim.shard(), claim.journalSeq()),
        published.getOrDefault(claim.shard(), claim.publishedSeq()),
        all);
  }
}
