package io.skald.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What can be said about docker-compose.yml without a container engine. */
final class ComposeFileTest {
  private static final Path ROOT = repository();
  private static final Set<String> CONTRACT =
      Set.of(
          "QUARKUS_HTTP_HOST",
          "QUARKUS_HTTP_PORT",
          "KAFKA_BOOTSTRAP_SERVERS",
          "QUARKUS_DATASOURCE_JDBC_URL",
          "QUARKUS_DATASOURCE_USERNAME",
          "QUARKUS_DATASOURCE_PASSWORD");
  private static final Set<String> PARTICIPANTS =
      Set.of("order", "payment", "inventory", "shipping");
  private static final Pattern FROM_ENVIRONMENT = Pattern.compile("\\$\\{[A-Z_]+:-[a-z]+}");
  private static final Pattern BUILT_BY_MAVEN =
      Pattern.compile("(participants/shop/[a-z]+)/target/quarkus-app/[a-z./-]+");

  private final Map<String, Object> compose = load();
  private final Map<String, Map<String, Object>> services = services();

  @Test
  void shouldRunEachPartByItself_whenComposedUp() {
    assertThat(services)
        .containsOnlyKeys(
            "postgres", "kafka", "orchestrator", "order", "payment", "inventory", "shipping");
    assertThat(services.get("postgres")).containsEntry("image", "postgres:18");
    for (String participant : PARTICIPANTS) {
      String hosted = participant.equals("order") ? "order,notification,audit" : participant;
      assertThat(environment(participant)).containsEntry("SHOP_PARTICIPANTS", hosted);
    }
  }

  @Test
  void shouldHaveAnImageOrADockerfileThatCopiesWhatMavenBuilds_whenBuilt() throws IOException {
    for (var service : services.entrySet()) {
      assertThat(service.getValue()).as(service.getKey()).containsKey("image");
      if (service.getValue().containsKey("build")) {
        Map<String, Object> build = map(service.getValue().get("build"));
        assertThat(build).containsEntry("context", ".");
        checkDockerfile(ROOT.resolve(text(build.get("dockerfile"))));
      }
    }
  }

  @Test
  void shouldNameWhatTheServicesRead_whenGivenTheirEnvironment() {
    assertThat(environment("orchestrator").keySet()).isEqualTo(CONTRACT);
    assertThat(text(environment("orchestrator").get("QUARKUS_DATASOURCE_JDBC_URL")))
        .isEqualTo("jdbc:postgresql://postgres:5432/skald");
    for (String participant : PARTICIPANTS) {
      assertThat(environment(participant).keySet())
          .as(participant)
          .containsAll(CONTRACT)
          .contains("SHOP_PARTICIPANTS", "SHOP_ORCHESTRATOR_URL")
          .hasSize(CONTRACT.size() + 2);
      assertThat(text(environment(participant).get("QUARKUS_DATASOURCE_JDBC_URL")))
          .isEqualTo("jdbc:postgresql://postgres:5432/shop");
      assertThat(environment(participant).get("KAFKA_BOOTSTRAP_SERVERS")).isEqualTo("kafka:9092");
    }
    assertThat(text(environment("kafka").get("KAFKA_LISTENERS"))).contains("INTERNAL://:9092");
    assertThat(environment("kafka")).containsEntry("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false");
  }

  @Test
  void shouldHoldNoSecret_whenItNamesPasswords() {
    for (String service : services.keySet()) {
      environment(service)
          .forEach(
              (name, value) -> {
                if (name.contains("PASSWORD")) {
                  assertThat(text(value)).as("%s of %s", name, service).matches(FROM_ENVIRONMENT);
                }
              });
    }
  }

  @Test
  void shouldPublishOnLoopbackAndOncePerPort_whenItPublishesPorts() {
    List<String> published =
        services.values().stream()
            .flatMap(service -> list(service.getOrDefault("ports", List.of())).stream())
            .map(ComposeFileTest::text)
            .toList();
    assertThat(published).hasSize(7).allMatch(port -> port.startsWith("127.0.0.1:"));
    assertThat(published.stream().map(port -> port.split(":", -1)[1]))
        .doesNotHaveDuplicates()
        .contains("8080", "8081", "19092", "15432");
  }

  @Test
  void shouldWaitForHealth_whenAServiceDependsOnAnother() throws IOException {
    for (var service : services.entrySet()) {
      assertThat(hasHealthCheck(service.getValue())).as("health of %s", service.getKey()).isTrue();
      map(service.getValue().getOrDefault("depends_on", Map.of()))
          .forEach(
              (target, how) -> {
                assertThat(services).as("target of %s", service.getKey()).containsKey(target);
                assertThat(map(how)).containsEntry("condition", "service_healthy");
              });
    }
  }

  @Test
  void shouldMountWhatExists_whenItMountsFilesOrVolumes() {
    Map<String, Object> volumes = map(compose.get("volumes"));
    for (Map<String, Object> service : services.values()) {
      for (Object mount : list(service.getOrDefault("volumes", List.of()))) {
        String source = text(mount).split(":", -1)[0];
        if (source.startsWith(".")) {
          assertThat(ROOT.resolve(source)).exists();
        } else {
          assertThat(volumes).containsKey(source);
        }
      }
    }
  }

  private static void checkDockerfile(Path dockerfile) throws IOException {
    assertThat(dockerfile).exists();
    List<String> lines = Files.readAllLines(dockerfile);
    assertThat(lines).anyMatch(line -> line.startsWith("FROM eclipse-temurin:25-jre"));
    assertThat(lines).anyMatch(line -> line.startsWith("USER 1"));
    List<String> ignored = Files.readAllLines(ROOT.resolve(".dockerignore"));
    List<String> sources =
        lines.stream()
            .filter(line -> line.startsWith("COPY "))
            .map(line -> line.split(" +", -1)[1])
            .toList();
    assertThat(sources).hasSize(4);
    for (String source : sources) {
      var matcher = BUILT_BY_MAVEN.matcher(source);
      assertThat(matcher.matches()).as("%s is built by Maven", source).isTrue();
      assertThat(ROOT.resolve(matcher.group(1)).resolve("pom.xml")).exists();
      assertThat(ignored).contains("!" + matcher.group(1) + "/target/quarkus-app");
    }
  }

  private static boolean hasHealthCheck(Map<String, Object> service) throws IOException {
    if (service.containsKey("healthcheck")) {
      return true;
    }
    Path dockerfile = ROOT.resolve(text(map(service.get("build")).get("dockerfile")));
    List<String> lines = Files.readAllLines(dockerfile);
    // The runtime images have no curl and no wget; a check by one of them never succeeds.
    assertThat(lines).noneMatch(line -> line.contains("CMD") && line.matches(".*(curl|wget).*"));
    return lines.stream().anyMatch(line -> line.startsWith("HEALTHCHECK "));
  }

  private Map<String, Object> environment(String service) {
    return map(map(services.get(service)).getOrDefault("environment", Map.of()));
  }

  private Map<String, Map<String, Object>> services() {
    Map<String, Map<String, Object>> all = new TreeMap<>();
    map(compose.get("services")).forEach((name, service) -> all.put(name, map(service)));
    return all;
  }

  private static Map<String, Object> load() {
    try {
      return map(
          new Yaml(new SafeConstructor(new LoaderOptions()))
              .load(Files.readString(ROOT.resolve("docker-compose.yml"))));
    } catch (IOException e) {
      throw new AssertionError("docker-compose.yml can't be read", e);
    }
  }

  private static Path repository() {
    Path directory = Path.of("").toAbsolutePath();
    while (!Files.exists(directory.resolve("docker-compose.yml"))) {
      directory = Objects.requireNonNull(directory.getParent(), "no docker-compose.yml above");
    }
    return directory;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(@Nullable Object value) {
    return (Map<String, Object>) Objects.requireNonNull(value, "a mapping is missing");
  }

  @SuppressWarnings("unchecked")
  private static List<Object> list(Object value) {
    return (List<Object>) value;
  }

  private static String text(@Nullable Object value) {
    return Objects.requireNonNull(value, "a text is missing").toString();
  }
}
