package io.skald.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The archive as a stranger gets it: unpacked, read-only, run by an ordinary user. */
final class ArchiveIT {

  private static final Duration LONG = Duration.ofMinutes(2);
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final String ORDER =
      """
      {"userId":"USR-123","items":[{"productId":"PROD-456","quantity":2}],"totalAmount":99.99,"country":"DE"}\
      """;

  private static UnpackedArchive archive;

  @BeforeAll
  static void unpack() throws Exception {
    archive = UnpackedArchive.unpack();
  }

  @AfterAll
  static void delete() throws Exception {
    archive.close();
  }

  @Test
  void shouldCompleteAnOrderAndLeaveNoTrace_whenItRunsFromAReadOnlyDirectory() throws Exception {
    // given
    Path output = archive.state().resolve("up.log");
    Process up =
        archive.start(
            output,
            "up",
            "--orchestrator-port=0",
            "--shop-port=0",
            "--kafka-port=0",
            "--postgres-port=0");
    try {
      await()
          .atMost(LONG)
          .until(() -> !up.isAlive() || Files.readString(output).contains("Skald is up."));
      assertThat(up.isAlive()).as(Files.readString(output)).isTrue();
      URI orchestrator = address(output, "orchestrator");
      URI shop = address(output, "shop");

      // when
      JsonObject accepted = json(post(shop.resolve("/api/orders"), ORDER));

      // then
      awaitCompleted(shop.resolve("/api/orders/" + accepted.get("orderId").getAsString()));
      awaitCompleted(URI.create(accepted.get("saga").getAsString()));
      for (URI probed : probes(orchestrator, shop)) {
        assertThat(get(probed).statusCode()).as(probed.toString()).isEqualTo(200);
      }
      assertThat(get(orchestrator.resolve("/q/metrics")).body())
          .contains("\n" + Configuration.LAG_METRIC + " ");
    } finally {
      up.destroy();
      up.waitFor(LONG.toSeconds(), TimeUnit.SECONDS);
    }
    assertThat(Files.readString(output)).contains("Stopped; the data is kept");
    assertThat(up.exitValue()).isEqualTo(128 + 15);
    assertThat(processesOf(archive)).isEmpty();
    archive.verify();
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

  private static URI address(Path output, String service) throws IOException {
    Matcher line =
        Pattern.compile("^ +" + service + " +(http://\\S+)$", Pattern.MULTILINE)
            .matcher(Files.readString(output));
    assertThat(line.find()).as(service).isTrue();
    return URI.create(line.group(1));
  }

  private static HttpResponse<String> post(URI uri, String body) throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(uri)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private static HttpResponse<String> get(URI uri) throws Exception {
    return HTTP.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }

  private static JsonObject json(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
    return JsonParser.parseString(response.body()).getAsJsonObject();
  }
}
