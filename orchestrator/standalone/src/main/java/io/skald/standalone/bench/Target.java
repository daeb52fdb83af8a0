package io.skald.standalone.bench;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * The stack to put load on.
 *
 * @param orchestrator its address
 * @param shop its address
 * @param kafka for clients, host and port
 * @param postgres the server; absent when the bench did not start it
 * @param processes the first process of each part, by name, for their CPU time; empty when the
 *     bench did not start them
 */
public record Target(
    URI orchestrator,
    URI shop,
    String kafka,
    Optional<Databases> postgres,
    Map<String, ProcessHandle> processes) {

  /**
   * JDBC addresses at one server.
   *
   * @param sagas the orchestrator's
   * @param scratch one that the yardstick may write to
   */
  public record Databases(String sagas, String scratch, String username, String password) {}
}
