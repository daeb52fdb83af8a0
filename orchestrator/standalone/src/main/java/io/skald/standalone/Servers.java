package io.skald.standalone;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * Kafka and PostgreSQL alone, for an application that is started by hand: {@code Servers
 * [<directory> [<Kafka's port> <PostgreSQL's port>]]}. Runs until SIGTERM or SIGINT, and keeps its
 * data in the directory, by default {@code .skald} where it is started. The ports are those that
 * Kafka and PostgreSQL have everywhere.
 */
public final class Servers {
  private static final int KAFKA_PORT = 9092;
  private static final int POSTGRES_PORT = 5432;
  private static final String DATABASE = "skald";

  /** What runs; what was started last is stopped first. */
  private final Deque<AutoCloseable> running = new ArrayDeque<>();

  private Servers() {}

  /** Exit status 1, with one sentence on the error stream, when a server does not come up. */
  public static void main(String[] words) throws InterruptedException {
    Servers servers = new Servers();
    Runtime.getRuntime().addShutdownHook(new Thread(servers::stop, "skald-stop"));
    try {
      servers.start(words);
    } catch (StandaloneException e) {
      System.err.println("skald: " + e.getMessage());
      System.exit(1);
    } catch (IOException e) {
      System.err.println("skald: " + e);
      System.exit(1);
    }
    new CountDownLatch(1).await();
  }

  private void start(String... words) throws IOException {
    if (words.length == 2 || words.length > 3) {
      throw new StandaloneException(
          "Expected a directory, or a directory and the ports of Kafka and PostgreSQL, but got "
              + List.of(words));
    }
    Path directory = Path.of(words.length > 0 ? words[0] : ".skald").toAbsolutePath().normalize();
    if (words.length == 3) {
      start(directory, port(words[1]), port(words[2]));
    } else {
      start(directory, KAFKA_PORT, POSTGRES_PORT);
    }
  }

  private static int port(String word) {
    try {
      return Integer.parseInt(word);
    } catch (NumberFormatException e) {
      throw new StandaloneException("Expected a port, but got '" + word + "'", e);
    }
  }

  private synchronized void start(Path directory, int kafkaPort, int postgresPort)
      throws IOException {
    running.push(StateLock.take(directory));
    requireFree("Kafka", kafkaPort);
    PostgresOptions database = PostgresOptions.in(directory.resolve("postgres"));
    // One that a killed process left behind is stopped by the start, and has this port until then.
    if (Postmaster.of(database.dataDir()).isEmpty()) {
      requireFree("PostgreSQL", postgresPort);
    }
    PostgresNode postgres = PostgresNode.start(database.onPort(postgresPort));
    running.push(postgres);
    postgres.createDatabase(DATABASE);
    KafkaNode kafka =
        KafkaNode.start(KafkaOptions.in(directory.resolve("kafka")).onPort(kafkaPort));
    running.push(kafka);
    System.out.println("Kafka is at " + kafka.bootstrapServers());
    System.out.println(
        "PostgreSQL is at "
            + postgres.jdbcUrl(DATABASE)
            + ", user "
            + postgres.username()
            + ", any password");
    System.out.println("Ctrl-C stops both; the data stays in " + directory);
  }

  private static void requireFree(String user, int port) {
    if (!Loopback.isFree(port)) {
      throw new StandaloneException(
          "Port "
              + port
              + ", wanted for "
              + user
              + ", is in use; stop what uses it, or name other ports: <directory> <Kafka's port>"
              + " <PostgreSQL's port>");
    }
  }

  private synchronized void stop() {
    for (AutoCloseable part : running) {
      try {
        part.close();
      } catch (Exception e) {
        // The others have to be stopped all the same.
        System.err.println("skald: could not stop " + part + ": " + e);
      }
    }
  }
}
