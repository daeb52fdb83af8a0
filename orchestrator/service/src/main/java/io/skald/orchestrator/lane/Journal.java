package io.skald.orchestrator.lane;

import io.skald.machine.SagaCore;
import io.skald.machine.SagaState;
import io.skald.machine.Transition;
import io.skald.saga.message.SagaId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The durable side of a lane: states, journal and shard rows. Each method is one transaction. Used
 * from many threads; a lane's own calls come one after the other.
 */
public interface Journal {

  /**
   * What a shard's owner takes over.
   *
   * @param epoch the owner's number; commits under a lower one are refused from now on
   * @param publishedSeq up to where the journal's messages are known to be in Kafka
   * @param offsets the next offset of each input partition
   */
  record Claim(
      int shard,
      long epoch,
      long journalSeq,
      long publishedSeq,
      Map<InputPartition, Long> offsets) {}

  /** A saga as it is stored, and the shard it lives in. */
  record StoredSaga(SagaState state, int shard) {}

  /** A journal row that may not have been published. */
  record Unpublished(long seq, SagaCore saga, Transition transition) {}

  /** A saga's wake-up time. */
  record Wake(SagaId saga, int shard, Instant dueAt) {}

  /** The sagas of one exclusive definition that have one key and have not ended. */
  record Line(int shard, String definition, String key) {}

  /**
   * A saga in a line.
   *
   * @param place where it stands, by the order of starts
   * @param queued whether it waits for its turn
   */
  record Contender(SagaId id, long place, boolean queued) {}

  /**
   * Takes a shard, whoever had it. Waits for a transaction of the former owner that is under way;
   * after it, none of the former owner's can commit.
   */
  Claim claim(int shard, String owner);

  /** Takes a shard again whose epoch is still this one; empty when another owner has taken it. */
  Optional<Claim> reclaim(int shard, long epoch, String owner);

  /** The sagas of these ids; those that do not exist are left out. */
  Map<SagaId, StoredSaga> load(Set<SagaId> ids);

  /** The journal rows of a shard above a sequence number, in order. */
  List<Unpublished> above(int shard, long seq);

  /**
   * The sagas of these shards that want to be woken in a span of time, the earliest first.
   *
   * @param from the first moment of it; who has read up to here need not go through the past again
   * @param until the first moment after it
   */
  List<Wake> due(Collection<Integer> shards, Instant from, Instant until, int limit);

  /** The parked sagas of a shard whose definition's version is among these and was missing. */
  List<SagaId> parkedForDefinition(int shard, Collection<String> deployed);

  /** Who stands in these lines, by place; those in which nobody does are left out. */
  Map<Line, List<Contender>> contenders(Set<Line> lines);

  /**
   * Writes a batch, all of it or nothing.
   *
   * @return the shards that another owner has taken; empty when the batch is committed
   */
  Set<Integer> commit(Batch batch);

  /**
   * The database could not do it, or nobody knows whether it did. Everything in memory about these
   * shards is to be thrown away and read again.
   */
  final class JournalException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public JournalException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
