package io.skald.orchestrator.archive;

import io.skald.orchestrator.command.EmbeddedPostgres;
import io.skald.orchestrator.command.Flags;
import io.skald.orchestrator.config.SkaldConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * {@code ./skald rebuild}: proves that the rows of all sagas follow from the journal, and writes
 * those that do not. Its exit status is 0 when all are as they must be, 1 when some are not, 2 when
 * it could not tell.
 */
public final class Rebuild {

  private static final Set<String> VALUES =
      Set.of(
          "--state",
          "--jdbc-url",
          "--user",
          "--password",
          "--archive",
          "--s3-endpoint",
          "--s3-region");
  private static final Set<String> SWITCHES = Set.of("--write", "--yes");

  private final Flags flags;

  private Rebuild(List<String> words) {
    this.flags = new Flags("rebuild", VALUES, SWITCHES, words);
  }

  public static void main(String[] words) {
    System.exit(run(Arrays.asList(words)));
  }

  static int run(List<String> words) {
    try {
      return new Rebuild(words).run();
    } catch (IllegalArgumentException | SQLException | IOException | SdkException problem) {
      System.err.println("skald: " + problem.getMessage());
      return 2;
    }
  }

  private int run() throws SQLException, IOException {
    Optional<ArchiveStore> store = archive();
    boolean write = flags.has("--write");
    try (Connection connection = connect()) {
      if (write && !flags.has("--yes") && !isConfirmed(connection)) {
        System.err.println("skald: nothing was written.");
        return 2;
      }
      Comparison found = Rebuilding.run(connection, store, write);
      found.report().forEach(System.out::println);
      if (write && !found.isClean()) {
        System.out.println("What differed or missed was written as the journal says.");
        return Rebuilding.run(connection, store, false).isClean() ? 0 : 1;
      }
      return found.isClean() ? 0 : 1;
    }
  }

  private Optional<ArchiveStore> archive() {
    Optional<String> place = flags.value("--archive");
    Optional<URI> endpoint = flags.value("--s3-endpoint").map(URI::create);
    Optional<String> region = flags.value("--s3-region");
    if (place.filter(Bucket::isAddress).isPresent()) {
      String chosen = region.orElse(SkaldConfig.S3.DEFAULT_REGION);
      return Optional.of(new S3Store(Bucket.at(place.get(), endpoint, chosen)));
    }
    if (endpoint.isPresent() || region.isPresent()) {
      throw new IllegalArgumentException(
          "Expected --archive s3://BUCKET/PREFIX beside --s3-endpoint and --s3-region, but found "
              + place.map(directory -> "the directory " + directory).orElse("no archive"));
    }
    return place.map(Path::of).map(DirectoryStore::new);
  }

  private static boolean isConfirmed(Connection connection) throws SQLException, IOException {
    System.out.print(
        "Rows of sagas in "
            + connection.getMetaData().getURL()
            + " will be replaced by what the journal says. Orchestrators must be stopped, for they"
            + " keep sagas in memory. Type yes to go on: ");
    System.out.flush();
    BufferedReader terminal =
        new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
    return "yes".equals(terminal.readLine());
  }

  private Connection connect() throws SQLException, IOException {
    Optional<String> url = flags.value("--jdbc-url");
    return DriverManager.getConnection(
        url.isPresent()
            ? url.get()
            : EmbeddedPostgres.url(Path.of(flags.value("--state").orElse(".skald"))),
        flags.value("--user").orElse(EmbeddedPostgres.USER),
        EmbeddedPostgres.password(flags.value("--password")));
  }
}
