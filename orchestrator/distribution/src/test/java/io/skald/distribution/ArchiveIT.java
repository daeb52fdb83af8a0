package io.skald.distribution;

import static io.skald.distribution.RunningArchive.LONG;
import static io.skald.distribution.RunningArchive.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** The archive as a stranger gets it: unpacked, read-only, run by an ordinary user. */
@TestMethodOrder(OrderAnnotation.class)
final class ArchiveIT {

  private static final String ORDER =
      """
      {"userId":"USR-123","items":[{"productId":"PROD-456","quantity":2}],"totalAmount":99.99,"country":"DE"}\
      """;

  /** The last line that {@code up} prints when it is ready. */
  private static final String READY = "Ctrl-C stops everything";

  /** What Quarkus says when it is. */
  private static final String LISTENING = "Listening on: http";

  /** Ended by SIGTERM. */
  private static final int TERMINATED = 128 + 15;

  private static UnpackedArchive archive;
  private static RunningArchive up;

  @BeforeAll
  static void unpackAndRun() throws Exception {
    archive = UnpackedArchive.unpack();
    up =
        RunningArchive.start(
            archive,
            Map.of(),
            READY,
            "up",
            "--orchestrator-port=0",
            "--shop-port=0",
            "--kafka-port=0",
            "--postgres-port=0");
  }

  @AfterAll
  static void delete() throws Exception {
    try (UnpackedArchive ended = archive) {
      if (up != null) {
        up.stop();
      }
    }
  }

  @Test
  @Order(1)
  void shouldCompleteAnOrder_whenItRunsFromAReadOnlyDirectory() throws Exception {
    // given
    URI orchestrator = address("orchestrator");
    URI shop = address("shop");

    // when
    JsonObject accepted = order(shop);

    // then
    awaitCompleted(shop.resolve("/api/orders/" + accepted.get("orderId").getAsString()));
    awaitCompleted(URI.create(accepted.get("saga").getAsString()));
    for (URI probed : probes(orchestrator, shop)) {
      assertThat(get(probed).statusCode()).as(probed.toString()).isEqualTo(200);
    }
    assertThat(get(orchestrator.resolve("/q/metrics")).body())
        .contains("\n" + Configuration.LAG_METRIC + " ");
  }

  @Test
  @Order(2)
  void shouldTellWhatBecomesOfTheSagas_whenTheirDefinitionsAreChecked() throws Exception {
    Command.Result checked = archive.run(Map.of(), "check");
    assertThat(checked.status()).as(checked.output()).isZero();
    assertThat(checked.output()).contains("order");

    // Not the definitions' fault, and not to be taken for it.
    assertThat(archive.run(Map.of(), "check", "--jdbc-url", "jdbc:postgresql://localhost:1/skald"))
        .extracting(Command.Result::status)
        .isEqualTo(2);
  }

  @Test
  @Order(3)
  void shouldProveTheRowsOfAllSagas_whenToldToRebuildThem() throws Exception {
    Command.Result proved = archive.run(Map.of(), "rebuild");
    assertThat(proved.status()).as(proved.output()).isZero();
    assertThat(proved.output()).containsPattern("\\b1 saga");
  }

  @Test
  @Order(4)
  @EnabledForJreRange(min = JRE.JAVA_25, disabledReason = "Older ones have no such caches.")
  void shouldMakeAotCaches_whenItsUserMayWriteToHisOwn() throws Exception {
    Command.Result made = archive.run(Map.of(), "aot");
    assertThat(made.status()).as(made.output()).isZero();
  }

  @Test
  @Order(5)
  void shouldTakeAnOrder_whenOrchestratorAndShopAreStartedAsServices() throws Exception {
    RunningArchive orchestrator = startService("orchestrator", "skald");
    try {
      RunningArchive shop = startService("shop", "shop");
      try {
        // given
        awaitReady(orchestrator);
        awaitReady(shop);

        // when
        JsonObject accepted = order(listening(shop));

        // then
        URI saga = URI.create(accepted.get("saga").getAsString());
        awaitCompleted(listening(orchestrator).resolve(saga.getPath()));
      } finally {
        assertThat(shop.stop()).isEqualTo(TERMINATED);
      }
    } finally {
      assertThat(orchestrator.stop()).isEqualTo(TERMINATED);
    }
  }

  @Test
  @Order(6)
  void shouldLeaveNoTrace_whenStopped() throws Exception {
    assertThat(up.stop()).isEqualTo(TERMINATED);
    assertThat(up.output()).contains("Stopped; the data is kept");
    assertThat(processesOf(archive)).isEmpty();
    archive.verify();
  }

  private static void awaitReady(RunningArchive service) throws IOException {
    URI ready = listening(service).resolve("/q/health/ready");
    await().atMost(LONG).until(() -> get(ready).statusCode() == 200);
  }

  /** With environment and secrets of its systemd unit, but for what is another here. */
  private static RunningArchive startService(String name, String database) throws IOException {
    Properties unit = new Properties();
    try (Reader file =
        Files.newBufferedReader(archive.home().resolve("deploy/systemd/" + name + ".env"))) {
      unit.load(file);
    }
    Map<String, String> environment = new HashMap<>();
    unit.forEach((key, value) -> environment.put(key.toString(), value.toString()));
    environment.put("KAFKA_BOOTSTRAP_SERVERS", up.told("^ +Kafka +(\\S+)$"));
    environment.put(
        "QUARKUS_DATASOURCE_JDBC_URL",
        "jdbc:postgresql://" + up.told("^ +PostgreSQL +(\\S+) ") + "/" + database);
    environment.put("QUARKUS_DATASOURCE_USERNAME", up.told("user (\\w+), any password"));
    environment.put(
        "SMALLRYE_CONFIG_LOCATIONS",
        archive.home().resolve("deploy/systemd/" + name + ".secrets").toString());
    environment.put("QUARKUS_HTTP_PORT", "0");
    // The JVM then ends at once unless it can use the cache that it is given.
    environment.put(
        "JAVA_OPTS", Runtime.version().feature() >= 25 ? "-XX:AOTMode=on -Xmx256m" : "-Xmx256m");
    return RunningArchive.start(archive, environment, LISTENING, name);
  }

  private static JsonObject order(URI shop) throws Exception {
    return json(
        RunningArchive.send(
            HttpRequest.newBuilder(shop.resolve("/api/orders"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(ORDER))
                .build()));
  }

  private static void awaitCompleted(URI uri) {
    await()
        .atMost(LONG)
        .until(() -> json(get(uri)).get("status").getAsString().equals("COMPLETED"));
  }

  private static List<URI> probes(URI orchestrator, URI shop) throws IOException {
    Manifests manifests = Manifests.in(archive.home().resolve("deploy/kubernetes"));
    return Stream.concat(
            manifests.probes("skald-orchestrator").stream()
                .map(probe -> orchestrator.resolve(probe.getPath())),
            manifests.probes("skald-shop").stream().map(probe -> shop.resolve(probe.getPath())))
        .toList();
  }

  /** What still runs with a file of the archive or of its state in its command line. */
  private static List<String> processesOf(UnpackedArchive archive) {
    String place = archive.root().toString();
    return ProcessHandle.allProcesses()
        .flatMap(process -> process.info().commandLine().stream())
        .filter(command -> command.contains(place))
        .toList();
  }

  private static URI address(String service) throws IOException {
    return URI.create(up.told("^ +" + service + " +(http://\\S+)$"));
  }

  private static URI listening(RunningArchive service) throws IOException {
    return URI.create(service.told("Listening on: (http://\\S+)"));
  }

  private static JsonObject json(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
    return JsonParser.parseString(response.body()).getAsJsonObject();
  }
}
