package io.skald.benchmark.queueing;

import java.util.OptionalInt;

/**
 * How many of everything.
 *
 * @param shards partitions of each topic; fixed for the life of a deployment
 * @param sharedCores when all of it runs on one machine, that machine's cores, and those of the
 *     parts do not count
 */
record Deployment(
    String name,
    int shards,
    Orchestrators orchestrators,
    Databases databases,
    Brokers brokers,
    Participants participants,
    OptionalInt sharedCores) {

  /** What each lane takes of a turn at most, as the orchestrator is configured by default. */
  static final int MAX_BATCH = 2_000;

  /** Kinds of participants: one for each step of the saga. */
  static final int STEPS = 3;

  Deployment {
    if (orchestrators.count() * orchestrators.lanes() > shards) {
      throw new IllegalArgumentException(
          "Expected no more lanes than the " + shards + " shards of '" + name + "'");
    }
  }

  /**
   * @param lanes of each; a lane writes to one database
   */
  record Orchestrators(int count, int cores, int lanes) {}

  /**
   * @param networkMillis one way between a lane and its database
   * @param standbyMillis to a synchronous standby and back, its flush included; 0 without one
   */
  record Databases(
      int count,
      int cores,
      double flushMillis,
      double logMegabytes,
      double networkMillis,
      double standbyMillis) {

    Databases withDistance(double networkMillis, double standbyMillis) {
      return new Databases(count, cores, flushMillis, logMegabytes, networkMillis, standbyMillis);
    }
  }

  /**
   * @param replicas of each partition
   */
  record Brokers(int count, int cores, int replicas, double gigabits) {}

  /**
   * @param count machines of each kind, one consumer on each core
   */
  record Participants(int count, int cores) {}

  int lanes() {
    return orchestrators.count() * orchestrators.lanes();
  }

  /** Orchestrators, databases with their standbys, and brokers; the participants are others'. */
  int machines() {
    int standbys = databases.standbyMillis() > 0 ? databases.count() : 0;
    return orchestrators.count() + databases.count() + standbys + brokers.count();
  }

  Deployment with(Databases other) {
    return new Deployment(name, shards, orchestrators, other, brokers, participants, sharedCores);
  }
}
