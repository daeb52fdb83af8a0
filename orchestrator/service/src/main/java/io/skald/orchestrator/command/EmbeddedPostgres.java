package io.skald.orchestrator.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The PostgreSQL that {@code ./skald up} runs on a state directory. */
public final class EmbeddedPostgres {

  /** Its user and its password. */
  public static final String USER = "postgres";

  /** The line of {@code postmaster.pid} that has the port, counted from 0. */
  private static final int PORT_LINE = 3;

  /** Where a password may stand that is not to be seen in the list of processes. */
  private static final String PASSWORD = "SKALD_PASSWORD";

  private EmbeddedPostgres() {}

  /** The password of a database: as it was given, else by environment, else this one's. */
  public static String password(Optional<String> given) {
    return given.or(() -> Optional.ofNullable(System.getenv(PASSWORD))).orElse(USER);
  }

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
              + ", but it does not; start it with './skald up', or name a database with"
              + " --jdbc-url");
    }
    int port = Integer.parseInt(Files.readAllLines(running).get(PORT_LINE).strip());
    return "jdbc:postgresql://127.0.0.1:" + port + "/skald";
  }
}
