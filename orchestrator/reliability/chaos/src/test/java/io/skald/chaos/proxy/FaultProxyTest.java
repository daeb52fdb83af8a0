package io.skald.chaos.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultProxyTest {

  /** Long enough to see that nothing comes, and what is here for nothing to come is no race. */
  private static final int A_MOMENT = 100;

  private static final int PATIENCE = 20_000;

  private final Queue<Duration> pauses = new ConcurrentLinkedQueue<>();
  private EchoServer server;
  private FaultProxy proxy;

  @BeforeEach
  void open() throws IOException {
    server = new EchoServer();
    proxy = FaultProxy.to("test", server.port(), pauses::add);
  }

  @AfterEach
  void close() throws IOException {
    proxy.close();
    server.close();
  }

  @Test
  void shouldCarryBytesBothWays_whenTheLinkIsWell() throws IOException {
    try (Socket client = connect()) {
      assertThat(echoed(client, "hello")).isEqualTo("hello");
    }
    assertThat(pauses).isEmpty();
  }

  @Test
  void shouldPauseOnceInEachDirection_whenTheLinkIsSlow() throws IOException {
    // given
    proxy.impose(new LinkFault.Delay(Duration.ofMillis(300)));
    // when
    try (Socket client = connect()) {
      assertThat(echoed(client, "hello")).isEqualTo("hello");
    }
    // then
    assertThat(pauses).containsExactly(Duration.ofMillis(300), Duration.ofMillis(300));
  }

  @Test
  void shouldPauseByTheSize_whenTheLinkIsNarrow() throws IOException {
    // given
    proxy.impose(new LinkFault.Bandwidth(10));
    // when
    try (Socket client = connect()) {
      assertThat(echoed(client, "hello")).isEqualTo("hello");
    }
    // then
    assertThat(pauses).containsExactly(Duration.ofMillis(500), Duration.ofMillis(500));
  }

  @Test
  void shouldHoldBytesUntilItHeals_whenTheLinkIsABlackHole() throws IOException {
    try (Socket client = connect()) {
      // given
      assertThat(echoed(client, "before")).isEqualTo("before");
      // when
      proxy.impose(new LinkFault.BlackHole());
      say(client, "during");
      // then
      assertSilent(client);
      proxy.heal();
      assertThat(hear(client, "during".length())).isEqualTo("during");
    }
  }

  @Test
  void shouldTakeNewConnectionsAndAnswerLater_whenTheLinkIsABlackHole() throws IOException {
    // given
    proxy.impose(new LinkFault.BlackHole());
    try (Socket client = connect()) {
      say(client, "hello");
      assertSilent(client);
      // when
      proxy.heal();
      // then
      assertThat(hear(client, "hello".length())).isEqualTo("hello");
    }
  }

  @Test
  void shouldStaySilentAlsoAfterItHeals_whenAConnectionIsHalfOpen() throws IOException {
    try (Socket client = connect();
        Socket later = connect()) {
      // given
      assertThat(echoed(client, "before")).isEqualTo("before");
      // when
      proxy.impose(new LinkFault.HalfOpen());
      say(client, "during");
      // then
      assertSilent(client);
      proxy.heal();
      say(client, "after");
      assertSilent(client);
      later.close();
      try (Socket fresh = connect()) {
        assertThat(echoed(fresh, "fresh")).isEqualTo("fresh");
      }
    }
  }

  @Test
  void shouldBreakConnectionsOldAndNew_whenTheLinkResets() throws IOException {
    try (Socket client = connect()) {
      // given
      assertThat(echoed(client, "before")).isEqualTo("before");
      // when
      proxy.impose(new LinkFault.Reset());
      // then
      assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
    }
    try (Socket refused = connect()) {
      assertThatThrownBy(() -> refused.getInputStream().read()).isInstanceOf(SocketException.class);
    }
    proxy.heal();
    try (Socket fresh = connect()) {
      assertThat(echoed(fresh, "fresh")).isEqualTo("fresh");
    }
  }

  @Test
  void shouldResetTheClient_whenTheServerIsAway() throws IOException {
    // given
    int nobody;
    try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = gone.getLocalPort();
    }
    // when
    try (FaultProxy toNobody = FaultProxy.to("nobody", nobody, pauses::add);
        Socket client = connect(toNobody)) {
      // then
      assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
    }
  }

  @Test
  void shouldTellTheClient_whenTheServerCloses() throws IOException {
    try (Socket client = connect()) {
      // given
      assertThat(echoed(client, "before")).isEqualTo("before");
      // when
      server.close();
      // then
      assertThat(client.getInputStream().read()).isEqualTo(-1);
    }
  }

  private Socket connect() throws IOException {
    return connect(proxy);
  }

  private static Socket connect(FaultProxy to) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), to.port());
    socket.setSoTimeout(PATIENCE);
    return socket;
  }

  private static String echoed(Socket socket, String text) throws IOException {
    say(socket, text);
    return hear(socket, text.length());
  }

  private static void say(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static String hear(Socket socket, int length) throws IOException {
    InputStream in = socket.getInputStream();
    return new String(in.readNBytes(length), StandardCharsets.US_ASCII);
  }

  private static void assertSilent(Socket socket) throws IOException {
    socket.setSoTimeout(A_MOMENT);
    assertThatThrownBy(() -> socket.getInputStream().read())
        .isInstanceOf(SocketTimeoutException.class);
    socket.setSoTimeout(PATIENCE);
  }
}
