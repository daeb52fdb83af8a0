package io.skald.benchmark;

/** Who answers the commands. */
public enum Participants {
  /**
   * Threads of the bench itself that answer every command at once and keep nothing: what is
   * measured is the orchestrator with Kafka and PostgreSQL.
   */
  TRIVIAL,

  /** The shop with its databases and books: what is measured is a whole application. */
  SHOP
}
