package io.skald.shop;

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
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Kafka without a single topic, and an empty database. */
public final class RealStack implements QuarkusTestResourceLifecycleManager {

  private @Nullable Path directory;
  private @Nullable KafkaNode kafka;
  private @Nullable PostgresNode postgres;

  @Override
  public Map<String, String> start() {
    try {
      Path data = Files.createTempDirectory("shop-it");
      directory = data;
      KafkaNode broker =
          KafkaNode.start(KafkaOptions.in(data.resolve("kafka")).withQuickFailover());
      kafka = broker;
      PostgresNode database = PostgresNode.start(PostgresOptions.in(data.resolve("postgres")));
      postgres = database;
      database.createDatabase("shop");
      return Map.of(
          "kafka.bootstrap.servers", broker.bootstrapServers(),
          "kafka.metadata.max.age.ms", "500",
          "quarkus.datasource.jdbc.url", database.jdbcUrl("shop"),
          "quarkus.datasource.username", database.username(),
          "quarkus.datasource.password", database.password(),
          "quarkus.http.test-port", "0",
          "shop.order.relay-interval", "1s",
          "shop.order.relay-after", "PT1S",
          "shop.orchestrator-url", "http://orchestrator.test:8080");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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

  private static void delete(Path directory) {
    try (Stream<Path> paths = Files.walk(directory)) {
      paths.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
