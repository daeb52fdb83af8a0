package io.skald.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.skald.standalone.Health;
import io.skald.standalone.Packaging;
import io.skald.standalone.Progress;
import io.skald.standalone.ServiceProcess;
import io.skald.standalone.StandaloneException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Starts the programs in turns, round after round, and looks at each: hours of the machine that are
 * slow are slow for all of them. For one thread.
 */
final class StartupRun {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Finer than the quickest start; it costs the machine little. */
  private static final Duration LOOK_EVERY = Duration.ofMillis(5);

  /** From ready to idle: what starts in the background has then started. */
  private static final Duration SETTLE = Duration.ofSeconds(5);

  private final StartupArguments arguments;
  private final StartupStack stack;
  private final Path home;
  private final Progress progress;
  private final StartupResult result;
  private final HttpClient client = HttpClient.newHttpClient();
  private final ObjectMapper json = new ObjectMapper();

  StartupRun(
      StartupArguments arguments,
      StartupStack stack,
      Path home,
      Progress progress,
      StartupResult result) {
    this.arguments = arguments;
    this.stack = stack;
    this.home = home;
    this.progress = progress;
    this.result = result;
  }

  void run() throws InterruptedException {
    for (int round = 1; round <= arguments.rounds(); round++) {
      for (Packaging program : arguments.programs()) {
        progress.say(
            "Round %d of %d: %s".formatted(round, arguments.rounds(), Flags.lower(program)));
        StartupStack.Pair pair = stack.take(program);
        alone(program, pair);
        together(program, pair);
        loaded(program, pair);
        pair.stop();
      }
    }
  }

  /** The orchestrator by itself, and then the shop, with the orchestrator idle beside it. */
  private void alone(Packaging program, StartupStack.Pair pair) throws InterruptedException {
    add(program, StartupFigure.ORCHESTRATOR_READY, seconds(pair.orchestrator()));
    add(
        program,
        StartupFigure.ORCHESTRATOR_START_CPU,
        ProcessFigures.cpuSeconds(pair.orchestrator().pid()));
    pause(SETTLE);
    add(program, StartupFigure.ORCHESTRATOR_IDLE, memory(pair.orchestrator()));
    add(program, StartupFigure.SHOP_READY, seconds(pair.shop()));
    pause(SETTLE);
    add(program, StartupFigure.SHOP_IDLE, memory(pair.shop()));
    pair.stop();
  }

  /** Both from the same moment on, and an order as soon as the shop takes one. */
  private void together(Packaging program, StartupStack.Pair pair) throws InterruptedException {
    long from = System.nanoTime();
    pair.orchestrator().start();
    pair.shop().start();
    awaitReady(pair.shop());
    URI order = order(pair.shop().address());
    await("the first order's saga to end", () -> hasCompleted(order));
    add(program, StartupFigure.FIRST_SAGA, since(from));
    awaitReady(pair.orchestrator());
  }

  private void loaded(Packaging program, StartupStack.Pair pair) throws InterruptedException {
    Result loads = new BenchRun(arguments.load(), stack, home, progress).run();
    Measured closed = loads.points().get(0).measured();
    Measured open = loads.points().get(1).measured();
    add(program, StartupFigure.THROUGHPUT, closed.sagasPerSecond());
    add(program, StartupFigure.P99_CLOSED, closed.latencies().p99());
    add(program, StartupFigure.P99_OPEN, open.latencies().p99());
    boolean balanced = loads.balance().map(Balance::holds).orElse(true);
    add(program, StartupFigure.ERRORS, loads.errorCount() + (balanced ? 0 : 1));
    add(program, StartupFigure.ORCHESTRATOR_LOADED, memory(pair.orchestrator()));
    add(program, StartupFigure.SHOP_LOADED, memory(pair.shop()));
  }

  private double seconds(ServiceProcess service) {
    long from = System.nanoTime();
    service.start();
    awaitReady(service);
    return since(from);
  }

  private static void awaitReady(ServiceProcess service) {
    Health health = Health.http(service.address().resolve("/q/health/ready"));
    await("'" + service.name() + "' to be ready", health::isUp);
  }

  /** Looks often: the stack itself looks five times a second. */
  private static void await(String what, BooleanSupplier condition) {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > until) {
        throw new StandaloneException(
            "Expected " + what + " within " + PATIENCE.toSeconds() + " s, but it took longer");
      }
      try {
        TimeUnit.NANOSECONDS.sleep(LOOK_EVERY.toNanos());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new StandaloneException("Interrupted while waiting for " + what, e);
      }
    }
  }

  private URI order(URI shop) throws InterruptedException {
    String body =
        "{\"userId\":\"USR-123\",\"items\":[{\"productId\":\"PROD-456\",\"quantity\":1}],"
            + "\"totalAmount\":0.01,\"country\":\"DE\"}";
    HttpResponse<String> answer =
        send(
            HttpRequest.newBuilder(shop.resolve("/api/orders"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    return shop.resolve("/api/orders/" + field(answer.body(), "orderId"));
  }

  private boolean hasCompleted(URI order) {
    try {
      return field(send(HttpRequest.newBuilder(order)).body(), "status").equals("COMPLETED");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private String field(String body, String name) {
    try {
      return json.readTree(body).required(name).asText();
    } catch (IOException | IllegalArgumentException e) {
      throw new StandaloneException(
          "Expected an order with '" + name + "' from the shop, but got " + body, e);
    }
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws InterruptedException {
    try {
      return client.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new StandaloneException("Expected the shop to answer, but: " + e, e);
    }
  }

  private void add(Packaging program, StartupFigure figure, double value) {
    result.add(program, figure, value);
  }

  private static double memory(ServiceProcess service) {
    return ProcessFigures.residentMegabytes(service.pid());
  }

  private static double since(long from) {
    return (System.nanoTime() - from) / 1e9;
  }

  private static void pause(Duration time) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(time.toNanos());
  }
}
