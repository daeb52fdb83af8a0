package io.skald.benchmark.queueing;

/** One saga on its way. */
final class Trip {

  final int shard;
  final double startedAt;

  /** How many steps are answered. */
  int answered;

  Trip(int shard, double startedAt) {
    this.shard = shard;
    this.startedAt = startedAt;
  }
}
