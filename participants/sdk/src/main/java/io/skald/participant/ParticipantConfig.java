package io.skald.participant;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;

/** Settings of the participants that this application hosts. All have a default. */
@ConfigMapping(prefix = "skald.participant")
public interface ParticipantConfig {

  /**
   * How long a fence row is kept after its last change: at least twice the longest time in which
   * anything can be sent again (how long Kafka keeps commands, how long a saga stays parked). A
   * command that comes later is taken for a new one: an action has its effect a second time, a
   * compensation undoes nothing.
   */
  @WithDefault("30D")
  Duration retention();

  /** A participant's database schema, by its name; without one the schema is named like it. */
  Map<String, String> schema();

  /** The largest command in bytes; a larger one goes to the dead letters. */
  @WithDefault("262144")
  int maxPayloadBytes();

  /** How long the transaction of one batch may take before it is rolled back. */
  @WithDefault("60S")
  Duration transactionTimeout();

  /** How long the worker waits for Kafka to acknowledge a batch's replies before it sends again. */
  @WithDefault("150S")
  Duration publishTimeout();

  /** The pauses between tries while the database or Kafka is away. */
  Backoff retry();

  /** A pause that doubles from try to try. */
  interface Backoff {

    /** The first pause. */
    @WithDefault("0.1S")
    Duration minDelay();

    /** The longest pause. */
    @WithDefault("5S")
    Duration maxDelay();
  }
}
