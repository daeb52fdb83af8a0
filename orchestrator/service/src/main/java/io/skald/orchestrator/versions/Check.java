package io.skald.orchestrator.versions;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.skald.orchestrator.command.EmbeddedPostgres;
import io.skald.orchestrator.command.Flags;
import io.skald.orchestrator.lane.Definitions;
import jakarta.enterprise.inject.spi.CDI;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;

/**
 * {@code ./skald check}: says what the definitions of a build mean for the sagas that are live in a
 * database. Its exit status is 0 when all of them go on, 1 when something is broken, 2 when it
 * could not tell.
 *
 * <p>The definitions are beans of the user's application, so it starts that application, as one
 * that runs no sagas ({@code skald.enabled}): no lane, no consumer, no HTTP, no migration. It
 * writes nothing, and needs no more than the right to read.
 */
public final class Check {

  static final int COULD_NOT_TELL = 2;

  private static final Set<String> VALUES =
      Set.of("--state", "--jdbc-url", "--user", "--password", "--json");

  private Check() {}

  public static void main(String[] words) {
    try {
      configure(new Flags("check", VALUES, Set.of(), Arrays.asList(words)));
    } catch (IllegalArgumentException | IOException problem) {
      System.err.println("skald: " + problem.getMessage());
      System.exit(COULD_NOT_TELL);
    }
    Quarkus.run(
        Application.class,
        (status, problem) -> {
          if (problem != null) {
            System.err.println("skald: " + problem.getMessage());
          }
          System.exit(problem == null ? status : COULD_NOT_TELL);
        },
        words);
  }

  /** The application in its quietest form; system properties win over all else that it is told. */
  private static void configure(Flags flags) throws IOException {
    Optional<String> url = flags.value("--jdbc-url");
    if (url.isEmpty() && flags.value("--state").isPresent()) {
      url = Optional.of(EmbeddedPostgres.url(Path.of(flags.value("--state").get())));
    }
    if (url.isPresent()) {
      System.setProperty("quarkus.datasource.jdbc.url", url.get());
      System.setProperty(
          "quarkus.datasource.username", flags.value("--user").orElse(EmbeddedPostgres.USER));
      System.setProperty(
          "quarkus.datasource.password", EmbeddedPostgres.password(flags.value("--password")));
    }
    System.setProperty("skald.enabled", "false");
    System.setProperty("quarkus.flyway.migrate-at-start", "false");
    System.setProperty("quarkus.http.host-enabled", "false");
    System.setProperty("quarkus.banner.enabled", "false");
    System.setProperty("quarkus.log.level", "ERROR");
    System.setProperty("quarkus.log.console.stderr", "true");
  }

  /** What runs once the beans are there. */
  public static final class Application implements QuarkusApplication {

    @Override
    public int run(String... words) {
      Flags flags = new Flags("check", VALUES, Set.of(), Arrays.asList(words));
      return Check.run(
          CDI.current().select(Definitions.class).get(),
          CDI.current().select(DataSource.class).get(),
          flags.value("--json").map(Path::of));
    }
  }

  static int run(Definitions build, DataSource database, Optional<Path> json) {
    try (Connection connection = database.getConnection()) {
      CheckReport report =
          new CheckReport(
              connection.getMetaData().getURL().replaceAll("\\?.*", ""),
              build.faults(),
              VersionCheck.compare(build, LiveSagas.read(connection)));
      report.lines().forEach(System.out::println);
      if (json.isPresent()) {
        Files.writeString(json.get(), report.json());
      }
      return report.isBroken() ? 1 : 0;
    } catch (SQLException | IOException problem) {
      System.err.println("skald: could not check: " + problem.getMessage());
      return COULD_NOT_TELL;
    }
  }
}
