package io.skald.participant;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.skald.standalone.KafkaNode;
import io.skald.standalone.KafkaOptions;
import io.skald.standalone.PostgresNode;
import io.skald.standalone.PostgresOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.jspecify.annotations.Nullable;

/** A real broker and a real PostgreSQL, with the topics and tables of the tests' participants. */
public final class RealStack implements QuarkusTestResourceLifecycleManager {

  static final int PARTITIONS = 4;

  private @Nullable KafkaNode kafka;
  private @Nullable PostgresNode postgres;

  @Override
  public Map<String, String> start() {
    try {
      Path directory = Files.createTempDirectory(Path.of("target"), "stack");
      KafkaNode broker = KafkaNode.start(KafkaOptions.in(directory.resolve("kafka")));
      kafka = broker;
      PostgresNode database = PostgresNode.start(PostgresOptions.in(directory.resolve("pg")));
      postgres = database;
      createTopics(broker.bootstrapServers());
      database.createDatabase("participants");
      createTables(database);
      return Map.of(
          "kafka.bootstrap.servers", broker.bootstrapServers(),
          "quarkus.datasource.jdbc.url", database.jdbcUrl("participants"),
          "quarkus.datasource.username", database.username(),
          "quarkus.datasource.password", database.password());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static void createTopics(String bootstrapServers) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      List<NewTopic> topics =
          Stream.of("payment", "crashing", "unacked", "renamed", "idle")
              .flatMap(
                  name ->
                      Stream.of(
                          topic(name + "-commands"),
                          topic(name + "-commands-dlq"),
                          // One replica can't keep this: nothing is acknowledged until it is
                          // changed.
                          name.equals("unacked")
                              ? topic(name + "-events").configs(Map.of("max.message.bytes", "10"))
                              : topic(name + "-events")))
              .toList();
      admin.createTopics(topics).all().get();
    }
  }

  private static NewTopic topic(String name) {
    return new NewTopic(name, Optional.of(PARTITIONS), Optional.of((short) 1));
  }

  /** As a participant's own migrations would: before the SDK's. */
  private static void createTables(PostgresNode database) throws SQLException {
    try (Connection connection = database.connect("participants");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE SCHEMA payment");
      statement.execute(
          "CREATE TABLE payment.ledger (id bigint GENERATED ALWAYS AS IDENTITY, order_id text,"
              + " entry text, amount numeric(12,2) CHECK (amount > 0))");
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
  }
}
