package io.skald.benchmark;

/** Told of every saga that ends, by the thread that reads the lifecycle. */
interface Endings {

  /**
   * @param key the saga's
   * @param type the lifecycle event
   * @param shard the partition it came from
   * @param seenAt {@link System#nanoTime} when it reached the bench
   */
  void ended(String key, String type, int shard, long seenAt);
}
