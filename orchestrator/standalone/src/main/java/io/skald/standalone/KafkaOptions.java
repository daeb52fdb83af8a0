package io.skald.standalone;

import java.nio.file.Path;
import java.util.Objects;

/**
 * How a {@link KafkaNode} runs.
 *
 * @param dataDir where the broker keeps its logs; made if absent, kept over restarts
 * @param port of the broker on 127.0.0.1; 0 takes a free one
 * @param quickFailover short sessions and heartbeats, for tests that kill the broker or a consumer:
 *     the first acknowledgement after a {@code kill -9} comes after about 2 s. Too nervous for a
 *     busy machine.
 */
public record KafkaOptions(Path dataDir, int port, boolean quickFailover) {

  public KafkaOptions {
    Objects.requireNonNull(dataDir, "dataDir");
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("Expected a port from 0 to 65535, but got " + port);
    }
  }

  /** A free port, steady sessions. */
  public static KafkaOptions in(Path dataDir) {
    return new KafkaOptions(dataDir, 0, false);
  }

  public KafkaOptions onPort(int newPort) {
    return new KafkaOptions(dataDir, newPort, quickFailover);
  }

  public KafkaOptions withQuickFailover() {
    return new KafkaOptions(dataDir, port, true);
  }
}
