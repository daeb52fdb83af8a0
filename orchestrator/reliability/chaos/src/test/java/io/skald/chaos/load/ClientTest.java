package io.skald.chaos.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.skald.chaos.stack.Host;
import io.skald.checker.ClientStart;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClientTest {

  private static final String NOBODY = "127.0.0.1:1";
  private static final Order AT_SHOP =
      new Order("K-1", "\"country\":\"DE\"", Order.Way.SHOP, false);

  private HttpServer server;
  private Client client;
  private volatile int status;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
    client = new Client(this::address, NOBODY);
  }

  @AfterEach
  void stop() {
    client.close();
    server.stop(0);
  }

  @Test
  void shouldTellThatTheServerFailed_whenItAnswersACancelSo() throws Exception {
    assertThat(cancelled(500)).containsExactly(500);
  }

  @Test
  void shouldTakeNoOffence_whenThereIsNothingToCancel() throws Exception {
    assertThat(cancelled(404)).isEmpty();
    assertThat(cancelled(409)).isEmpty();
    assertThat(cancelled(202)).isEmpty();
  }

  @Test
  void shouldTellHowOrdersWereAnswered() throws Exception {
    status = 400;
    client.place(AT_SHOP);
    assertThat(client.statuses()).containsOnlyKeys(400);
  }

  @Test
  void shouldCountAnOrder_whenItsPlacingFails() {
    try (Load load = new Load(new Client(host -> Optional.empty(), NOBODY), 1, 1)) {
      assertThatThrownBy(() -> load.place(AT_SHOP)).isInstanceOf(IllegalStateException.class);
      assertThat(load.failed()).isOne();
      assertThat(load.starts()).isEmpty();
    }
  }

  private Iterable<Integer> cancelled(int answer) throws InterruptedException {
    status = answer;
    client.cancel(new ClientStart(Order.DEFINITION, "K-1", Optional.empty()));
    return client.statuses().keySet();
  }

  private Optional<URI> address(Host host) {
    return Optional.of(URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
  }
}
