package io.skald.chaos.recovery;

import io.skald.chaos.stack.Host;
import java.time.Instant;
import java.util.Map;

/**
 * What could be seen of the sagas' progress at a moment.
 *
 * @param at when the looking began
 * @param shards by number; empty when the orchestrators' database did not answer
 * @param replies how many replies of each participant have been seen so far
 */
record Sighting(Instant at, Map<Integer, Shard> shards, Map<Host, Long> replies) {

  /**
   * A shard.
   *
   * @param owner the node that took it last
   * @param journalSeq how many transitions it has seen
   */
  record Shard(String owner, long journalSeq) {}

  Sighting {
    shards = Map.copyOf(shards);
    replies = Map.copyOf(replies);
  }
}
