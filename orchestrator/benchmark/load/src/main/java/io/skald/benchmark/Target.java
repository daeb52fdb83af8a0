package io.skald.benchmark;

import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The stack to put load on. What it says may change while orchestrators are added and removed. */
interface Target {

  /** The addresses of those orchestrators that run now. */
  List<URI> orchestrators();

  /** The shop's address; absent when there is none. */
  Optional<URI> shop();

  /** Who can buy what in the shop. */
  Catalogue catalogue();

  /** For clients, host and port. */
  String kafka();

  /** The PostgreSQL server; absent when the bench did not start it. */
  Optional<Databases> postgres();

  /**
   * The first process of each part, by name, for their CPU time; empty when the bench did not start
   * them.
   */
  Map<String, ProcessHandle> processes();

  /**
   * JDBC addresses at one server.
   *
   * @param sagas the orchestrator's
   * @param scratch one that the yardstick may write to
   */
  record Databases(String sagas, String scratch, String username, String password) {

    /** The caller closes it. */
    Connection connectToScratch() throws SQLException {
      return DriverManager.getConnection(scratch, username, password);
    }
  }

  /** A stack that runs, and that the bench can put load on and nothing else. */
  record Running(List<URI> orchestrators, Optional<URI> shop, String kafka) implements Target {

    @Override
    public Catalogue catalogue() {
      return Catalogue.DEMO;
    }

    @Override
    public Optional<Databases> postgres() {
      return Optional.empty();
    }

    @Override
    public Map<String, ProcessHandle> processes() {
      return Map.of();
    }
  }
}
