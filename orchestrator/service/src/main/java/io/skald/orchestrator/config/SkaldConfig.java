package io.skald.orchestrator.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/**
 * Everything that can be set about an orchestrator. Each key has its environment variable: {@code
 * skald.lanes.count} is {@code SKALD_LANES_COUNT}.
 */
@ConfigMapping(prefix = "skald")
public interface SkaldConfig {

  /**
   * Whether this process runs sagas. One that does not starts nothing, reads no topic and writes
   * nothing: it has the definitions, and is what {@code ./skald check} starts.
   */
  @WithDefault("true")
  boolean enabled();

  /** How sagas are spread. */
  Shards shards();

  /** The threads of control that run them. */
  Lanes lanes();

  /** The topics of the orchestrator. */
  Topics topics();

  /** Membership of the group of orchestrators. */
  Group group();

  /** Starting and steering sagas over HTTP. */
  Requests requests();

  /** How long what is over is kept in the database. */
  Retention retention();

  /** Where what is let go of is kept. */
  Archive archive();

  interface Shards {

    /**
     * How many shards there are, which is how many partitions each input topic has. Fixed for the
     * life of a deployment: a saga's shard follows from its key and this number.
     */
    @WithDefault("8")
    int count();
  }

  interface Lanes {

    /** How many lanes a process runs; each has a thread, a consumer and a database connection. */
    @WithDefault("2")
    int count();

    /** How many records a lane takes into one transaction at most. */
    @WithDefault("2000")
    int maxBatchRecords();

    /** How many messages may wait for Kafka's acknowledgement before a lane stops taking input. */
    @WithDefault("20000")
    int maxUnacknowledged();

    /**
     * How long input may gather before it is decided on, while several records come together; a
     * saga that runs alone never waits. Zero for never.
     */
    @WithDefault("2ms")
    Duration gatherTime();

    /** How many states of active sagas a lane keeps in memory. */
    @WithDefault("50000")
    int cachedSagas();

    /** How far ahead wake-up times are kept in memory; later ones stay in the database. */
    @WithDefault("10s")
    Duration timerHorizon();

    /**
     * A command that Kafka acknowledges later than this after its decision has its timeout moved.
     */
    @WithDefault("1s")
    Duration latePublication();

    /**
     * How long a lane may take to end when the process stops; its shards have been let go before.
     */
    @WithDefault("20s")
    Duration drainTimeout();
  }

  interface Topics {

    /** The orchestrator's own input: starts, cancellations and what was forwarded. */
    @WithDefault("saga-requests")
    String requests();

    /** The lifecycle of all sagas, for any number of subscribers. */
    @WithDefault("saga-events")
    String events();

    /** Whether topics that are missing are created at start. */
    @WithDefault("true")
    boolean create();

    /** The replication factor of topics that are created; empty for the broker's default. */
    Optional<Short> replicationFactor();

    /** How long to wait at start for Kafka to answer, before giving up with a message. */
    @WithDefault("60s")
    Duration startTimeout();
  }

  interface Group {

    /** The consumer group that hands out shards: the cluster. */
    @WithDefault("skald")
    String id();

    /** After how long without a sign of life an orchestrator's shards go to the others. */
    @WithDefault("6s")
    Duration sessionTimeout();

    /** How this process is called in shard rows and logs; by default host name and process id. */
    Optional<String> node();
  }

  interface Requests {

    /** How long a start or a request waits for its answer before it is refused with 503. */
    @WithDefault("10s")
    Duration timeout();

    /** The longest that {@code Prefer: wait} can hold an answer. */
    @WithDefault("60s")
    Duration maxWait();

    /** How many requests may wait for an answer in one process; more are refused with 503. */
    @WithDefault("5000")
    int maxInFlight();
  }

  interface Retention {

    /**
     * How long sagas that have ended stay in the database, counted from the end of the week (from
     * Monday on, UTC) in which they ended; for ever when it is empty.
     */
    Optional<Duration> ended();

    /**
     * How long the journal stays in the database, counted from the end of each day; for ever when
     * it is empty. What is not known to be in Kafka stays in any case.
     */
    Optional<Duration> journal();

    /** How often to look for partitions to let go of. */
    @WithDefault("1h")
    Duration every();
  }

  /** A directory or a bucket; with neither nothing is dropped, unless {@code none} says so. */
  interface Archive {

    /** A directory for archived partitions, which all orchestrators share. */
    Optional<String> directory();

    /** A bucket of Amazon S3, or of what speaks its protocol. */
    S3 s3();

    /** Whether partitions may be dropped without a copy. */
    @WithDefault("false")
    boolean none();
  }

  interface S3 {

    String DEFAULT_REGION = "us-east-1";

    /** The bucket; empty for no archive in S3. */
    Optional<String> bucket();

    /** The address of a store that is not Amazon's, such as {@code http://minio:9000}. */
    Optional<String> endpoint();

    @WithDefault(DEFAULT_REGION)
    String region();

    /** The folder within the bucket; empty for its root. */
    Optional<String> prefix();

    /** Without keys the AWS SDK looks where it always does: environment, profile, machine. */
    Optional<String> accessKey();

    Optional<String> secretKey();
  }
}
