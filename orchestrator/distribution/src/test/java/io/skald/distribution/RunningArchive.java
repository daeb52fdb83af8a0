package io.skald.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One command of an archive that stays until it is told to stop, and what it has printed. */
final class RunningArchive {

  static final Duration LONG = Duration.ofMinutes(2);

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Process process;
  private final Path output;

  private RunningArchive(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** Starts it, and waits until it says that it is up, in words of its own. */
  static RunningArchive start(
      UnpackedArchive archive, Map<String, String> environment, String sign, String... words)
      throws IOException {
    Path output = archive.state().resolve(words[0] + ".log");
    RunningArchive started = new RunningArchive(archive.start(output, environment, words), output);
    try {
      await()
          .atMost(LONG)
          .until(() -> !started.process.isAlive() || started.output().contains(sign));
      assertThat(started.process.isAlive()).as(started.output()).isTrue();
    } catch (RuntimeException | Error e) {
      try {
        started.stop();
      } catch (InterruptedException | AssertionError stopped) {
        e.addSuppressed(stopped);
      }
      throw e;
    }
    return started;
  }

  String output() throws IOException {
    return Files.readString(output);
  }

  /** What a pattern's first group has found in its output. */
  String told(String pattern) throws IOException {
    Matcher found = Pattern.compile(pattern, Pattern.MULTILINE).matcher(output());
    assertThat(found.find()).as("%s in %s", pattern, output()).isTrue();
    return found.group(1);
  }

  /** As systemd does it; returns the exit status. */
  int stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("Expected it to stop on SIGTERM, but it is still running");
    }
    return process.exitValue();
  }

  static HttpResponse<String> get(URI uri) throws Exception {
    return send(HttpRequest.newBuilder(uri).build());
  }

  static HttpResponse<String> send(HttpRequest request) throws Exception {
    return HTTP.send(request, BodyHandlers.ofString());
  }
}
