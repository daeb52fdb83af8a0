package io.skald.standalone.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Executors;

/** Orders at the shop, or sagas at the orchestrator, over HTTP/1.1 with connections kept open. */
final class HttpStarter implements Starter {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(TIMEOUT)
          .executor(Executors.newVirtualThreadPerTaskExecutor())
          .build();
  private final ObjectMapper json = new ObjectMapper();
  private final URI address;
  private final boolean namesOrder;
  private final String fields;

  private HttpStarter(URI address, boolean namesOrder, Profile profile) {
    this.address = address;
    this.namesOrder = namesOrder;
    this.fields = profile.orderFields();
  }

  static HttpStarter atShop(URI shop, Profile profile) {
    return new HttpStarter(shop.resolve("/api/orders"), false, profile);
  }

  static HttpStarter atOrchestrator(URI orchestrator, Profile profile) {
    return new HttpStarter(orchestrator.resolve("/api/v1/sagas/order"), true, profile);
  }

  @Override
  public String start() throws StartFailedException, InterruptedException {
    return namesOrder ? startNamed("ORD-" + UUID.randomUUID()) : orderId(post(request("")).body());
  }

  @Override
  public void close() {
    client.close();
  }

  private String startNamed(String orderId) throws StartFailedException, InterruptedException {
    post(
        HttpRequest.newBuilder(request("\"orderId\":\"" + orderId + "\","), (name, value) -> true)
            .header("Idempotency-Key", orderId)
            .build());
    return orderId;
  }

  private HttpRequest request(String firstField) {
    return HttpRequest.newBuilder(address)
        .timeout(TIMEOUT)
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString("{" + firstField + fields + "}"))
        .build();
  }

  private HttpResponse<String> post(HttpRequest request)
      throws StartFailedException, InterruptedException {
    try {
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() / 100 != 2) {
        throw new StartFailedException("POST " + address + ": status " + response.statusCode());
      }
      return response;
    } catch (IOException e) {
      throw new StartFailedException("POST " + address + ": " + e);
    }
  }

  private String orderId(String body) throws StartFailedException {
    try {
      return json.readTree(body).required("orderId").asText();
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new StartFailedException("POST " + address + ": an answer without orderId");
    }
  }
}
