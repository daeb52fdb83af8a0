package io.skald.checker.real;

import java.util.Map;
import java.util.Objects;

/**
 * Where the parts of a live installation are.
 *
 * @param orchestrator the database of the orchestrator
 * @param bootstrapServers Kafka's addresses, {@code host:port} separated by commas
 * @param participants each participant's database, by the participant's name; one that is left out
 *     can't be seen, and nothing is expected of it
 */
public record Installation(
    Database orchestrator, String bootstrapServers, Map<String, Database> participants) {

  public Installation {
    Objects.requireNonNull(orchestrator, "orchestrator");
    Objects.requireNonNull(bootstrapServers, "bootstrapServers");
    participants = Map.copyOf(participants);
  }
}
