package io.skald.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kafka and PostgreSQL for applications that are started by hand, as a process. */
final class ServersIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path dir;

  private final int kafkaPort = Loopback.orFree(0);
  private final int postgresPort = Loopback.orFree(0);

  @Test
  void shouldRunBothUntilItIsStopped_whenStarted() throws Exception {
    Process process = start("state", kafkaPort, postgresPort);
    try {
      assertThat(Poll.until(PATIENCE, () -> output("state").contains("Ctrl-C")))
          .as(output("state"))
          .isTrue();
      assertThat(Health.kafka("127.0.0.1:" + kafkaPort).isUp()).isTrue();
      try (Connection connection = connect()) {
        assertThat(connection.isValid(5)).isTrue();
      }
    } finally {
      process.destroy();
    }
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(Loopback.isFree(kafkaPort)).isTrue();
    assertThat(Loopback.isFree(postgresPort)).isTrue();
  }

  @Test
  void shouldSayWhatIsInTheWay_whenAPortIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Process process = start("taken", taken.getLocalPort(), postgresPort);
      assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(1);
      assertThat(output("taken"))
          .contains("Port " + taken.getLocalPort() + ", wanted for Kafka, is in use");
    }
  }

  private Connection connect() throws Exception {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + postgresPort + "/skald", "postgres", "any");
  }

  private Process start(String name, int kafka, int postgres) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Servers.class.getName()));
    command.addAll(
        List.of(dir.resolve(name).toString(), Integer.toString(kafka), Integer.toString(postgres)));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(log(name).toFile())
        .start();
  }

  private Path log(String name) {
    return dir.resolve(name + ".log");
  }

  private String output(String name) {
    try {
      return Files.readString(log(name), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "nothing yet: " + e;
    }
  }
}
