package io.skald.standalone;

import java.nio.file.Path;
import java.util.Objects;

/**
 * How a {@link PostgresNode} runs.
 *
 * @param dataDir the cluster's directory; made if absent, kept over restarts
 * @param port on 127.0.0.1; 0 takes a free one
 * @param binariesDir where PostgreSQL is unpacked, once per version; may be shared by many nodes
 */
public record PostgresOptions(Path dataDir, int port, Path binariesDir) {

  public PostgresOptions {
    Objects.requireNonNull(dataDir, "dataDir");
    Objects.requireNonNull(binariesDir, "binariesDir");
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("Expected a port from 0 to 65535, but got " + port);
    }
  }

  /** A free port, binaries in the user's cache directory. */
  public static PostgresOptions in(Path dataDir) {
    return new PostgresOptions(dataDir, 0, UserCache.directory().resolve("postgres"));
  }

  public PostgresOptions onPort(int newPort) {
    return new PostgresOptions(dataDir, newPort, binariesDir);
  }

  public PostgresOptions withBinariesIn(Path directory) {
    return new PostgresOptions(dataDir, port, directory);
  }
}
