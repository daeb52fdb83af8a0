package io.skald.standalone.quarkus;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.skald.standalone.KafkaNode;
import io.skald.standalone.KafkaOptions;
import io.skald.standalone.PostgresNode;
import io.skald.standalone.PostgresOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL and a real Kafka for a {@code @QuarkusTest} or a
 * {@code @QuarkusIntegrationTest}, empty at their start and gone with it:
 * {@code @WithTestResource(EmbeddedStack.class)} on the test's class is all. The application finds
 * them by {@code quarkus.datasource.*} and {@code kafka.bootstrap.servers}, and takes a free port
 * itself. With {@code @ResourceArg(name = "kafka", value = "off")} there is no broker.
 */
public final class EmbeddedStack implements QuarkusTestResourceLifecycleManager {

  private static final String DATABASE = "skald";

  private boolean withKafka = true;
  private @Nullable Path directory;
  private @Nullable PostgresNode postgres;
  private @Nullable KafkaNode kafka;

  @Override
  public void init(Map<String, String> arguments) {
    withKafka = !"off".equals(arguments.get("kafka"));
  }

  @Override
  public Map<String, String> start() {
    Path parent = temporaryDirectory();
    directory = parent;
    PostgresNode database = PostgresNode.start(PostgresOptions.in(parent.resolve("postgres")));
    postgres = database;
    database.createDatabase(DATABASE);
    Map<String, String> configuration = new HashMap<>();
    configuration.put("quarkus.datasource.jdbc.url", database.jdbcUrl(DATABASE));
    configuration.put("quarkus.datasource.username", database.username());
    configuration.put("quarkus.datasource.password", database.password());
    if (withKafka) {
      KafkaNode broker =
          KafkaNode.start(KafkaOptions.in(parent.resolve("kafka")).withQuickFailover());
      kafka = broker;
      configuration.put("kafka.bootstrap.servers", broker.bootstrapServers());
    }
    configuration.put("quarkus.http.test-port", "0");
    return configuration;
  }

  @Override
  public void stop() {
    if (kafka != null) {
      kafka.close();
    }
    if (postgres != null) {
      postgres.close();
    }
    if (directory != null) {
      delete(directory);
    }
  }

  private static Path temporaryDirectory() {
    try {
      return Files.createTempDirectory("skald-test");
    } catch (IOException e) {
      throw new UncheckedIOException("Expected to make a directory for the test's data", e);
    }
  }

  private static void delete(Path directory) {
    List<Path> files;
    try (Stream<Path> found = Files.walk(directory)) {
      files = found.sorted(Comparator.reverseOrder()).toList();
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException e) {
      // A process on its way out may still write there; the temporary directory is not worth a
      // test.
      System.err.println("Left behind: " + directory + ", because of " + e);
    }
  }
}
