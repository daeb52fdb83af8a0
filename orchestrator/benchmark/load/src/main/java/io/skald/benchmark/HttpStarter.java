package io.skald.benchmark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Orders at the shop, or sagas at the orchestrators in turn, over HTTP/1.1 with connections kept
 * open: as many calls at a time as there are sagas waiting for their answer.
 */
final class HttpStarter implements Starter {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(TIMEOUT)
          .executor(Executors.newFixedThreadPool(2, HttpStarter::thread))
          .build();
  private final ObjectMapper json = new ObjectMapper();
  private final List<URI> addresses;
  private final Function<Order, String> body;
  private final boolean namesOrder;
  private int turn;

  private HttpStarter(List<URI> addresses, Function<Order, String> body, boolean namesOrder) {
    this.addresses = List.copyOf(addresses);
    this.body = body;
    this.namesOrder = namesOrder;
  }

  static HttpStarter atShop(URI shop) {
    return new HttpStarter(List.of(shop.resolve("/api/orders")), Order::jsonWithoutId, false);
  }

  static HttpStarter atOrchestrators(List<URI> orchestrators, Recipe recipe) {
    return new HttpStarter(
        orchestrators.stream()
            .map(address -> address.resolve("/api/v1/sagas/" + recipe.definition()))
            .toList(),
        recipe::data,
        true);
  }

  @Override
  public void start(Order order, Begun begun) {
    if (namesOrder) {
      begun.named(order.id());
    }
    URI address = addresses.get(turn++ % addresses.size());
    client
        .sendAsync(request(address, order), HttpResponse.BodyHandlers.ofString())
        .whenComplete((response, failure) -> answered(address, begun, response, failure));
  }

  @Override
  public void close() {
    client.close();
  }

  private HttpRequest request(URI address, Order order) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .timeout(TIMEOUT)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.apply(order)));
    if (namesOrder) {
      request.header("Idempotency-Key", order.id());
    }
    return request.build();
  }

  private void answered(
      URI address,
      Begun begun,
      @Nullable HttpResponse<String> response,
      @Nullable Throwable failure) {
    if (response == null) {
      Throwable cause =
          failure instanceof CompletionException && failure.getCause() != null
              ? failure.getCause()
              : failure;
      begun.failed("POST " + address + ": " + cause);
    } else if (response.statusCode() / 100 != 2) {
      begun.failed("POST " + address + ": status " + response.statusCode());
    } else if (!namesOrder) {
      named(address, begun, response.body());
    }
  }

  private void named(URI address, Begun begun, String body) {
    try {
      begun.named(json.readTree(body).required("orderId").asText());
    } catch (JsonProcessingException | IllegalArgumentException e) {
      begun.failed("POST " + address + ": an answer without orderId");
    }
  }

  private static Thread thread(Runnable work) {
    return Thread.ofPlatform().daemon().name("bench-http").unstarted(work);
  }
}
