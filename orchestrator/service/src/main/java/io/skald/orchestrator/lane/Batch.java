package io.skald.orchestrator.lane;

import io.skald.machine.SagaState;
import io.skald.machine.Transition;
import java.util.List;
import java.util.Map;

/**
 * What one lane transaction writes.
 *
 * @param shards the shards it touches, each under the epoch of its owner
 * @param sagas the latest state of each saga that moved
 * @param journal every transition, in the order of its shard's sequence
 */
public record Batch(List<ShardWrite> shards, List<SagaWrite> sagas, List<JournalWrite> journal) {

  public Batch {
    shards = List.copyOf(shards);
    sagas = List.copyOf(sagas);
    journal = List.copyOf(journal);
  }

  /** A shard's row after the batch. */
  public record ShardWrite(
      int shard,
      long epoch,
      long journalSeq,
      long publishedSeq,
      Map<InputPartition, Long> offsets) {

    public ShardWrite {
      offsets = Map.copyOf(offsets);
    }
  }

  /**
   * @param isNew whether the saga has no row yet
   */
  public record SagaWrite(int shard, SagaState state, boolean isNew) {}

  /**
   * @param seq its number in its shard, without gaps
   */
  public record JournalWrite(int shard, long seq, Transition transition) {}
}
