package io.skald.benchmark;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;

/** The longest time that a shard had sagas under way and ended none. Any thread may call. */
final class ShardPauses {
  private final long[] longest;
  private final long[] movedAt;
  private final int[] underWay;

  ShardPauses(int shards) {
    this.longest = new long[shards];
    this.movedAt = new long[shards];
    this.underWay = new int[shards];
  }

  synchronized void started(String key, long at) {
    int shard = shardOf(key);
    if (underWay[shard] == 0) {
      movedAt[shard] = at;
    }
    underWay[shard]++;
  }

  synchronized void ended(int shard, long at) {
    if (underWay[shard] > 0) {
      longest[shard] = Math.max(longest[shard], at - movedAt[shard]);
      movedAt[shard] = at;
      underWay[shard]--;
    }
  }

  synchronized void forgotten(String key) {
    int shard = shardOf(key);
    underWay[shard] = Math.max(0, underWay[shard] - 1);
  }

  /**
   * The longest pause of each shard in nanoseconds that ended since the last call, or that lasts.
   */
  synchronized long[] take(long now) {
    long[] taken = longest.clone();
    for (int shard = 0; shard < taken.length; shard++) {
      if (underWay[shard] > 0) {
        taken[shard] = Math.max(taken[shard], now - movedAt[shard]);
      }
    }
    Arrays.fill(longest, 0);
    return taken;
  }

  /** By Kafka's default partitioner. */
  private int shardOf(String key) {
    return BuiltInPartitioner.partitionForKey(
        key.getBytes(StandardCharsets.UTF_8), underWay.length);
  }
}
