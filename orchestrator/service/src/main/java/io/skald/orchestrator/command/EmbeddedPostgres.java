package io.skald.orchestrator.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The PostgreSQL that {@code ./skald up} runs on a state directory. */
public final class EmbeddedPostgres {

  /** Its user and its password. */
  public static final String USER = "postgres";

  /** The line of {@code postmaster.pid} that has the port, counted from 0. */
  private static final int PORT_LINE = 3;

  private EmbeddedPostgres() {}

  /**
   * The JDBC address of its database.
   *
   * @throws IllegalArgumentException when none runs there
   */
  public static String url(Path state) throws IOException {
    Path running = state.resolve("postgres").resolve("data").resolve("postmaster.pid");
    if (!Files.isReadable(running)) {
      throw new IllegalArgumentException(
          "Expected PostgreSQL to run on the state directory "
              + state.toAbsolutePath()
              + ", but it does not; start it with './skald up', or name a database with --jdbc-url");
    }
    int port = Integer.parseInt(Files.readAllLines(running).get(PORT_LINE).strip());
    return "jdbc:postgresql://127.0.0.1:" + port + "/skald";
  }
}
