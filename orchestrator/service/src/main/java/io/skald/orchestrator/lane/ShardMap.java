package io.skald.orchestrator.lane;

import java.nio.charset.StandardCharsets;

/**
 * Which shard a key belongs to, and which shard a partition: the partition that Kafka's default
 * partitioner picks for the key, so that all records of one saga meet in one shard without anybody
 * having to look anything up.
 *
 * @param count how many shards there are
 */
public record ShardMap(int count) {

  public ShardMap {
    if (count < 1) {
      throw new IllegalArgumentException("Expected at least one shard, but found " + count);
    }
  }

  /** The shard of the saga with this key. */
  public int ofKey(String key) {
    return (murmur2(key.getBytes(StandardCharsets.UTF_8)) & 0x7fffffff) % count;
  }

  /** The shard that reads this partition, in a topic that may have more or fewer partitions. */
  public int ofPartition(int partition) {
    return partition % count;
  }

  /** MurmurHash2 (A. Appleby, 2008) with the seed of Kafka's default partitioner. */
  static int murmur2(byte[] data) {
    final int m = 0x5bd1e995;
    int length = data.length;
    int h = 0x9747b28c ^ length;
    int whole = length - length % 4;
    for (int i = 0; i < whole; i += 4) {
      int k =
          (data[i] & 0xff)
              | (data[i + 1] & 0xff) << 8
              | (data[i + 2] & 0xff) << 16
              | (data[i + 3] & 0xff) << 24;
      k *= m;
      k ^= k >>> 24;
      k *= m;
      h *= m;
      h ^= k;
    }
    int rest = length % 4;
    if (rest > 0) {
      for (int i = rest - 1; i >= 0; i--) {
        h ^= (data[whole + i] & 0xff) << (8 * i);
      }
      h *= m;
    }
    h ^= h >>> 13;
    h *= m;
    h ^= h >>> 15;
    return h;
  }
}
