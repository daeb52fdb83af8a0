package io.skald.chaos.load;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntPredicate;

/** A client of Skald's and the shop's HTTP. Blocking; for any number of threads. */
final class Http implements AutoCloseable {

  /** A little more than what a server waits for its own answer. */
  private static final Duration TIMEOUT = Duration.ofSeconds(12);

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();

  private final Map<Integer, LongAdder> statuses;
  private final IntPredicate counted;

  /**
   * @param statuses where it counts how often each status came, and 0 for no answer; thread-safe
   * @param counted which statuses it counts
   */
  Http(Map<Integer, LongAdder> statuses, IntPredicate counted) {
    this.statuses = statuses;
    this.counted = counted;
  }

  /** The body of an answer that stands for success; empty for any other, and for none. */
  Optional<String> post(URI address, String key, String json) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .timeout(TIMEOUT)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", key)
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build();
    try {
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      count(response.statusCode());
      return response.statusCode() / 100 == 2 ? Optional.of(response.body()) : Optional.empty();
    } catch (IOException away) {
      count(0);
      return Optional.empty();
    }
  }

  private void count(int status) {
    if (counted.test(status)) {
      statuses.computeIfAbsent(status, one -> new LongAdder()).increment();
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
