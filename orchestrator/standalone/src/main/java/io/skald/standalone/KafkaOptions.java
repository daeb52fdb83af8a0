package io.skald.standalone;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * How a {@link KafkaNode} runs.
 *
 * @param dataDir where the broker keeps its logs; made if absent, kept over restarts
 * @param port of the broker on 127.0.0.1; 0 takes a free one
 * @param quickFailover short sessions and heartbeats, for tests that kill the broker or a consumer:
 *     the first acknowledgement after a {@code kill -9} comes after about 2 s. Too nervous for a
 *     busy machine.
 * @param listeners more ways to the broker, beside that at {@code port}
 */
public record KafkaOptions(
    Path dataDir, int port, boolean quickFailover, List<Listener> listeners) {

  /**
   * One more way to the broker. Its clients are told to come to another port than the one that the
   * broker listens on, which is how a proxy stays between them and the broker for good.
   *
   * @param name upper case letters, digits and underscores; none that the broker has already
   * @param port on 127.0.0.1, where the broker listens
   * @param advertisedPort on 127.0.0.1, where clients of this listener are sent
   */
  public record Listener(String name, int port, int advertisedPort) {
    private static final Pattern NAME = Pattern.compile("[A-Z][A-Z0-9_]*");

    public Listener {
      if (!NAME.matcher(name).matches() || name.equals("BROKER") || name.equals("CONTROLLER")) {
        throw new IllegalArgumentException(
            "Expected a listener's name that matches "
                + NAME
                + " and is neither BROKER nor CONTROLLER, but got '"
                + name
                + "'");
      }
    }

    String word() {
      return name + ":" + port + ":" + advertisedPort;
    }

    static Listener parse(String word) {
      String[] parts = word.split(":", -1);
      return new Listener(parts[0], Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
    }
  }

  public KafkaOptions {
    Objects.requireNonNull(dataDir, "dataDir");
    listeners = List.copyOf(listeners);
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("Expected a port from 0 to 65535, but got " + port);
    }
  }

  /** A free port, steady sessions. */
  public static KafkaOptions in(Path dataDir) {
    return new KafkaOptions(dataDir, 0, false, List.of());
  }

  public KafkaOptions onPort(int newPort) {
    return new KafkaOptions(dataDir, newPort, quickFailover, listeners);
  }

  public KafkaOptions withQuickFailover() {
    return new KafkaOptions(dataDir, port, true, listeners);
  }

  public KafkaOptions withListener(Listener listener) {
    List<Listener> more = new ArrayList<>(listeners);
    more.add(listener);
    return new KafkaOptions(dataDir, port, quickFailover, more);
  }
}
