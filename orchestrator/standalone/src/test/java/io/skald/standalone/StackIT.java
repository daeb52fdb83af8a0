package io.skald.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stack around two services that only answer their health check. */
final class StackIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path dir;

  private final List<String> said = new CopyOnWriteArrayList<>();

  @Test
  void shouldComeBackWithItsData_whenItsProcessesAreKilled() throws Exception {
    StackOptions options = options();
    try (Stack stack = Stack.start(options)) {
      // given
      assertThat(LogTail.of(stack.shop().log(), 20))
          .contains("SHOP_ORCHESTRATOR_URL=" + stack.orchestratorUrl())
          .contains("KAFKA_BOOTSTRAP_SERVERS=" + stack.bootstrapServers())
          .contains("QUARKUS_DATASOURCE_JDBC_URL=" + stack.postgres().jdbcUrl("shop"))
          .contains("EXTRA=yes");
      execute(stack, "CREATE TABLE kept (x int)");
      assertThatThrownBy(() -> Stack.start(options)).hasMessageContaining("runs already");
      // when
      stack.orchestrator().kill();
      stack.kafka().kill();
      stack.postgres().kill();
      // then
      assertThat(
              Poll.until(
                  PATIENCE,
                  () ->
                      stack.orchestrator().isHealthy()
                          && stack.kafka().isHealthy()
                          && stack.postgres().isRunning()))
          .as("all are back: %s", said)
          .isTrue();
      assertThat(stack.kafka().restarts()).isEqualTo(1);
      assertThat(said)
          .anyMatch(line -> line.startsWith("orchestrator ended with status"))
          .anyMatch(line -> line.startsWith("postgres ended"));
    }
    said.clear();
    // and when
    try (Stack stack = Stack.start(options)) {
      execute(stack, "DROP TABLE kept");
      ServiceProcess second = stack.addOrchestrator("orchestrator-2", 0, Map.of());
      assertThat(second.isHealthy()).isTrue();
    }
    // then
    assertThat(said)
        .filteredOn(line -> line.startsWith("Stopping"))
        .containsExactly(
            "Stopping orchestrator-2",
            "Stopping shop",
            "Stopping orchestrator",
            "Stopping kafka",
            "Stopping postgres");
  }

  @Test
  void shouldStopWhatItStarted_whenAServiceIsMissing() throws IOException {
    StackOptions options = options().withPrograms(Program.jar(dir.resolve("no-such.jar")), jar());

    assertThatThrownBy(() -> Stack.start(options))
        .isInstanceOf(StandaloneException.class)
        .hasMessageContaining("no-such.jar")
        .hasMessageContaining("./mvnw package");

    assertThat(said).contains("Stopping kafka", "Stopping postgres");
    assertThat(Postmaster.of(Stack.postgresData(options.stateDir()))).isEmpty();
  }

  private StackOptions options() throws IOException {
    return StackOptions.of(dir.resolve("state"), dir)
        .withPrograms(jar(), executable())
        .withShopEnvironment(Map.of("EXTRA", "yes"))
        .withQuickFailover()
        .telling(said::add);
  }

  /** Holds nothing but the way to the test classes. */
  private Program jar() throws IOException {
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.put(Attributes.Name.MAIN_CLASS, FakeService.class.getName());
    attributes.put(
        Attributes.Name.CLASS_PATH,
        FakeService.class.getProtectionDomain().getCodeSource().getLocation().toString());
    Path jar = dir.resolve("fake.jar");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest)) {
      out.finish();
    }
    return Program.jar(jar);
  }

  /** A script that becomes the service, with the words that it is given. */
  private Program executable() throws IOException {
    Path script = dir.resolve("fake-runner");
    Files.writeString(
        script,
        "#!/bin/sh\nexec '%s' \"$@\" -cp '%s' '%s'\n"
            .formatted(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                FakeService.class.getProtectionDomain().getCodeSource().getLocation().getPath(),
                FakeService.class.getName()));
    assertThat(script.toFile().setExecutable(true)).isTrue();
    return Program.executable(script);
  }

  private static void execute(Stack stack, String sql) throws Exception {
    PostgresNode postgres = stack.postgres();
    try (Connection connection =
            DriverManager.getConnection(
                postgres.jdbcUrl("skald"), postgres.username(), postgres.password());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Prints the environment that it was given, and answers every request with 200. */
  static final class FakeService {
    private FakeService() {}

    public static void main(String[] args) throws IOException {
      Map<String, String> given = System.getenv();
      List<String> lines = new ArrayList<>();
      given.forEach((name, value) -> lines.add(name + "=" + value));
      lines.stream()
          .filter(line -> line.matches("(QUARKUS|KAFKA|SHOP|EXTRA).*"))
          .forEach(System.out::println);
      HttpServer server =
          HttpServer.create(
              new InetSocketAddress(
                  given.get("QUARKUS_HTTP_HOST"), Integer.parseInt(given.get("QUARKUS_HTTP_PORT"))),
              0);
      server.createContext(
          "/q/health/ready",
          exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
          });
      server.start();
    }
  }
}
