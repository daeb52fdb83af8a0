package io.skald.orchestrator.archive;

import io.skald.orchestrator.config.SkaldConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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

  /** The line of {@code postmaster.pid} that has the port, counted from 0. */
  private static final int PORT_LINE = 3;

  private final Map<String, String> values = new HashMap<>();
  private final Set<String> switches = new HashSet<>();

  private Rebuild(List<String> words) {
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (SWITCHES.contains(word)) {
        switches.add(word);
      } else if (VALUES.contains(word) && i + 1 < words.size()) {
        values.put(word, words.get(++i));
      } else {
        throw new IllegalArgumentException(
            "Expected flags of rebuild, each but --write and --yes with a value, but found '"
                + word
                + "'; './skald help' lists them");
      }
    }
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
    boolean write = switches.contains("--write");
    try (Connection connection = connect()) {
      if (write && !switches.contains("--yes") && !isConfirmed(connection)) {
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
    Optional<String> place = Optional.ofNullable(values.get("--archive"));
    Optional<URI> endpoint = Optional.ofNullable(values.get("--s3-endpoint")).map(URI::create);
    Optional<String> region = Optional.ofNullable(values.get("--s3-region"));
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
    String url = values.containsKey("--jdbc-url") ? values.get("--jdbc-url") : embedded();
    return DriverManager.getConnection(
        url,
        values.getOrDefault("--user", "postgres"),
        values.getOrDefault("--password", "postgres"));
  }

  /** The address of the embedded PostgreSQL that runs on a state directory. */
  private String embedded() throws IOException {
    Path state = Path.of(values.getOrDefault("--state", ".skald"));
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
