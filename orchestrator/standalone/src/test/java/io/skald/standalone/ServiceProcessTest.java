package io.skald.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ServiceProcessTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path dir;

  private final List<String> said = new CopyOnWriteArrayList<>();

  @Test
  void shouldStartAgainAndSaySo_whenTheChildIsKilled() {
    try (ServiceProcess service = ServiceProcess.start(tinyService(), said::add)) {
      // given
      service.awaitHealthy(PATIENCE);
      long firstPid = service.pid();
      // when
      service.kill();
      // then
      assertThat(Poll.until(PATIENCE, () -> service.pid() != firstPid && service.isHealthy()))
          .as("healthy again: %s", said)
          .isTrue();
      assertThat(service.restarts()).isEqualTo(1);
      assertThat(said)
          .anySatisfy(line -> assertThat(line).contains("tiny ended", "starting it again"));
    }
  }

  @Test
  void shouldStayDown_whenStoppedAfterAKill() {
    ServiceProcess service = ServiceProcess.start(tinyService(), said::add);
    service.awaitHealthy(PATIENCE);
    // when
    service.kill();
    service.stop();
    // then
    assertThat(service.isAlive()).isFalse();
    assertThatThrownBy(service::pid).hasMessageContaining("start() starts it");
    // and when
    service.start();
    service.awaitHealthy(PATIENCE);
    // then
    assertThat(service.isHealthy()).isTrue();
    service.close();
  }

  @Test
  void shouldShowTheLogAndGiveUp_whenTheChildFailsWhileItStarts() {
    try (ServiceProcess service =
        ServiceProcess.start(spec(Loopback.orFree(0), "no-port"), said::add)) {
      assertThatThrownBy(() -> service.awaitHealthy(PATIENCE))
          .isInstanceOf(StandaloneException.class)
          .hasMessageContaining("ended with status 1 while it started")
          .hasMessageContaining("NumberFormatException");
      assertThat(service.restarts()).isZero();
    }
  }

  @Test
  void shouldBeFoundAndEnded_whenItsLauncherIsGone() throws IOException {
    // given: a second view of the same state directory, as the next launcher has
    ServiceProcess service = ServiceProcess.start(tinyService(), said::add);
    service.awaitHealthy(PATIENCE);
    ProcessHandle orphan = ProcessHandle.of(service.pid()).orElseThrow();
    Path run = dir.resolve("run");
    // when
    assertThat(new PidFile(run.resolve("tiny.pid"), "-Dnot.ours").process()).isEmpty();
    assertThat(new PidFile(run.resolve("tiny.pid"), Stack.mark(dir)).process()).contains(orphan);
    boolean any = Leftovers.end(dir, dir.resolve("postgres"), said::add);
    // then
    assertThat(any).isTrue();
    assertThat(Processes.isAlive(orphan)).isFalse();
    service.stop();
  }

  private ServiceSpec tinyService() {
    int port = Loopback.orFree(0);
    return spec(port, Integer.toString(port));
  }

  private ServiceSpec spec(int port, String argument) {
    URI address = URI.create("http://127.0.0.1:" + port);
    return new ServiceSpec(
        "tiny",
        JavaCommand.main(TinyService.class, Stack.mark(dir), "tiny", argument),
        Map.of("CLASSPATH", System.getProperty("java.class.path")),
        address,
        Health.http(address),
        dir,
        Stack.mark(dir));
  }

  /** Answers every request with 200. */
  static final class TinyService {
    private TinyService() {}

    public static void main(String[] args) throws IOException {
      int port = Integer.parseInt(args[0]);
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
      server.createContext(
          "/",
          exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
          });
      server.start();
    }
  }
}
