package io.skald.standalone;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * {@code ./skald up}: runs a {@link Stack} until SIGTERM or SIGINT, then stops it in order.
 *
 * <p>The system property {@code skald.home} names the checkout, or the unpacked archive, whose
 * programs to run.
 */
public final class Up {
  private static final long NEEDED_BYTES = 500_000_000;
  private static final long MEGABYTE = 1_000_000;

  private final long startedAt = System.nanoTime();

  private Up() {}

  /** Exit status 1, with one sentence on the error stream, when the stack does not come up. */
  public static void main(String[] words) throws InterruptedException {
    new Up().run(words);
  }

  /** The state directory when none is named. */
  static Path defaultState(Path home) {
    return home.resolve(".skald");
  }

  static Path home() {
    return Path.of(System.getProperty("skald.home", "")).toAbsolutePath().normalize();
  }

  private void run(String[] words) throws InterruptedException {
    Stack stack;
    try {
      stack = prepare(UpArguments.parse(words, System.getenv(), defaultState(home())));
    } catch (StandaloneException e) {
      fail(e);
      return;
    }
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(stack), "skald-stop"));
    try {
      stack.startAll();
      welcome(stack);
    } catch (StandaloneException e) {
      if (!stack.isClosed()) {
        fail(e);
      }
    }
    // From here on the supervisors work, until a signal starts the hook.
    new CountDownLatch(1).await();
  }

  private Stack prepare(UpArguments arguments) {
    Path stateDir = arguments.stateDir();
    requireSpace(stateDir);
    Stack stack =
        Stack.prepare(
            StackOptions.of(stateDir, home(), arguments.packaging())
                .on(arguments.ports())
                .telling(this::line));
    try {
      requireFree(arguments.ports());
      if (arguments.fresh()) {
        line("Emptying " + stateDir);
        stack.empty();
      }
      return stack;
    } catch (RuntimeException e) {
      stack.close();
      throw e;
    }
  }

  private static void requireSpace(Path stateDir) {
    try {
      Files.createDirectories(stateDir);
      long usable = Files.getFileStore(stateDir).getUsableSpace();
      if (usable < NEEDED_BYTES) {
        throw new StandaloneException(
            "Expected at least "
                + NEEDED_BYTES / MEGABYTE
                + " MB free on the disk of "
                + stateDir
                + ", but found "
                + usable / MEGABYTE
                + " MB; free some, or name another directory with --state DIR");
      }
    } catch (IOException e) {
      throw new StandaloneException(
          "Expected to write to the state directory "
              + stateDir
              + ", but: "
              + e
              + "; name another with --state DIR",
          e);
    }
  }

  private static void requireFree(StackOptions.Ports ports) {
    requireFree("the orchestrator", ports.orchestrator(), "--orchestrator-port");
    requireFree("the shop", ports.shop(), "--shop-port");
    requireFree("Kafka", ports.kafka(), "--kafka-port");
    requireFree("PostgreSQL", ports.postgres(), "--postgres-port");
  }

  private static void requireFree(String user, int port, String flag) {
    if (port != 0 && !Loopback.isFree(port)) {
      throw new StandaloneException(
          "Port "
              + port
              + ", wanted for "
              + user
              + ", is in use; stop what uses it, or take another with "
              + flag
              + " PORT");
    }
  }

  private void welcome(Stack stack) {
    URI orchestrator = stack.orchestratorUrl();
    URI shop = stack.shopUrl();
    List<String> lines =
        List.of(
            "",
            "Skald is up.",
            "",
            "  orchestrator  " + orchestrator,
            "  shop          " + shop,
            "  Kafka         localhost:" + stack.kafka().address().getPort(),
            "  PostgreSQL    localhost:"
                + stack.postgres().port()
                + "  (databases skald and shop, user "
                + stack.postgres().username()
                + ", any password)",
            "  logs          " + stack.orchestrator().log().resolveSibling(""),
            "",
            "An order that completes:",
            "",
            "  " + order(shop, "DE"),
            "",
            "An order that shipping refuses, and that is compensated:",
            "",
            "  " + order(shop, "AQ"),
            "",
            "The sagas of both:",
            "",
            "  curl -s '" + orchestrator + "/api/v1/sagas?limit=5'",
            "",
            "Ctrl-C stops everything; the data is kept.");
    lines.forEach(System.out::println);
    System.out.flush();
  }

  private static String order(URI shop, String country) {
    return "curl -s -X POST "
        + shop
        + "/api/orders -H 'Content-Type: application/json' -d '{\"userId\":\"USR-123\",\"items\":"
        + "[{\"productId\":\"PROD-456\",\"quantity\":2}],\"totalAmount\":99.99,\"country\":\""
        + country
        + "\"}'";
  }

  private void stop(Stack stack) {
    stack.close();
    line("Stopped; the data is kept");
  }

  private void line(String text) {
    double seconds = Duration.ofNanos(System.nanoTime() - startedAt).toMillis() / 1000.0;
    System.out.printf("[%6.1f s] %s%n", seconds, text);
    System.out.flush();
  }

  private static void fail(StandaloneException e) {
    System.err.println("skald: " + e.getMessage());
    System.exit(1);
  }
}
