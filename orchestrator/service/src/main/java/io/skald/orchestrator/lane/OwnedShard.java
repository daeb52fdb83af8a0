package io.skald.orchestrator.lane;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** A shard while a lane owns it. Used by that lane's thread, but for its {@link Publication}. */
final class OwnedShard {

  final int id;
  final long epoch;
  final Publication publication;

  /** As the database has them. */
  long journalSeq;

  long publishedSeq;
  final Map<InputPartition, Long> offsets;

  /**
   * How far it is published, as the lane has taken note of it. What was published late up to here
   * has been decided on, so a row may say it: the timeouts of those commands have been moved.
   */
  long notedWatermark;

  /** When its row was last written. */
  Instant writtenAt;

  OwnedShard(Journal.Claim claim, Publication publication, Instant now) {
    this.id = claim.shard();
    this.epoch = claim.epoch();
    this.journalSeq = claim.journalSeq();
    this.publishedSeq = claim.publishedSeq();
    this.notedWatermark = claim.publishedSeq();
    this.offsets = new HashMap<>(claim.offsets());
    this.publication = publication;
    this.writtenAt = now;
  }

  /** Takes over what a commit has written. */
  void adopt(Batch.ShardWrite write, Instant now) {
    journalSeq = write.journalSeq();
    publishedSeq = write.publishedSeq();
    offsets.putAll(write.offsets());
    writtenAt = now;
  }

  /** Whether Kafka has everything and the row does not say so yet. */
  boolean hasNewsOfPublication() {
    return publishedSeq < journalSeq && notedWatermark == journalSeq;
  }
}
