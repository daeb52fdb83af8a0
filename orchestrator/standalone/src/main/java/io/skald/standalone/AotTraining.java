package io.skald.standalone;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code ./skald aot}: makes the {@link AotCache}s of the orchestrator and the shop. Both run once,
 * on a Kafka and a PostgreSQL that are thrown away afterwards, and take some orders; what their
 * JVMs have loaded and counted meanwhile becomes the caches.
 *
 * <p>Nobody else may use the applications meanwhile. Takes about a minute.
 */
public final class AotTraining {
  private static final int ORDERS = 40;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Pattern ORDER_ID = Pattern.compile("\"orderId\"\\s*:\\s*\"([^\"]+)\"");
  private static final Pattern ENDED = Pattern.compile("\"(COMPLETED|CANCELLED)\"");

  private final Progress progress;
  private final HttpClient client = HttpClient.newHttpClient();

  private AotTraining(Progress progress) {
    this.progress = progress;
  }

  /**
   * {@code AotTraining <orchestrator's directory> <shop's directory> <state directory>}, the first
   * two with a {@code quarkus-run.jar} each, the third to be emptied. Exit status 1, with one
   * sentence, when there are no caches.
   */
  public static void main(String[] words) throws InterruptedException {
    try {
      if (words.length != 3) {
        throw new StandaloneException(
            "Expected AotTraining ORCHESTRATOR SHOP STATE, three directories, but got "
                + List.of(words));
      }
      new AotTraining(System.out::println)
          .run(AotCache.of(Path.of(words[0])), AotCache.of(Path.of(words[1])), Path.of(words[2]));
    } catch (StandaloneException e) {
      System.err.println("skald: " + e.getMessage());
      System.exit(1);
    } catch (IOException e) {
      System.err.println("skald: " + e);
      System.exit(1);
    }
  }

  private void run(AotCache orchestrator, AotCache shop, Path state)
      throws IOException, InterruptedException {
    if (!AotCache.isSupported()) {
      throw new StandaloneException(
          "Expected Java 25 or newer, for older ones have no AOT cache of this kind, but found "
              + Runtime.version()
              + "; set JAVA_HOME. Skald runs without one as well");
    }
    orchestrator.prepare();
    shop.prepare();
    StackOptions options =
        StackOptions.of(state, Path.of(""))
            .withPrograms(Program.recording(orchestrator), Program.recording(shop))
            .telling(progress);
    try (Stack stack = Stack.prepare(options)) {
      Thread hook = new Thread(stack::close, "skald-stop");
      Runtime.getRuntime().addShutdownHook(hook);
      stack.empty();
      stack.startAll();
      takeOrders(stack.shopUrl());
      stack.shop().stop();
      stack.orchestrator().stop();
      Runtime.getRuntime().removeShutdownHook(hook);
    }
    try (Stack over = Stack.prepare(options)) {
      over.empty();
    }
    for (AotCache cache : List.of(orchestrator, shop)) {
      create(cache);
    }
  }

  /** Half of them are undone, so that both ways are known. Another shop may take no such orders. */
  private void takeOrders(URI shop) throws IOException, InterruptedException {
    progress.say("Placing " + ORDERS + " orders");
    for (int i = 0; i < ORDERS; i++) {
      HttpResponse<String> answer =
          send(
              HttpRequest.newBuilder(shop.resolve("/api/orders"))
                  .header("Content-Type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofString(order(i % 2 == 0 ? "DE" : "AQ"))));
      Matcher id = ORDER_ID.matcher(answer.body());
      if (answer.statusCode() / 100 != 2 || !id.find()) {
        progress.say("It takes none; the caches will know no more than the start");
        return;
      }
      awaitEnd(shop.resolve("/api/orders/" + id.group(1)));
    }
  }

  private void awaitEnd(URI order) throws IOException, InterruptedException {
    long until = System.nanoTime() + PATIENCE.toNanos();
    String answer = "";
    while (System.nanoTime() < until) {
      answer = send(HttpRequest.newBuilder(order)).body();
      if (ENDED.matcher(answer).find()) {
        return;
      }
      Poll.pause(Duration.ofMillis(20));
    }
    throw new StandaloneException(
        "Expected the order to end within " + PATIENCE.toSeconds() + " s, but it is " + answer);
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
  }

  private static String order(String country) {
    return "{\"userId\":\"USR-123\",\"items\":[{\"productId\":\"PROD-456\",\"quantity\":1}],"
        + "\"totalAmount\":0.01,\"country\":\""
        + country
        + "\"}";
  }

  private void create(AotCache cache) throws IOException, InterruptedException {
    progress.say("Making " + cache.file());
    int status =
        new ProcessBuilder(JavaCommand.application("-Dio.skald.aot=create", "aot", cache.create()))
            .redirectErrorStream(true)
            .redirectOutput(cache.log().toFile())
            .start()
            .waitFor();
    cache.tidy();
    if (status != 0 || cache.launch().isEmpty()) {
      throw new StandaloneException(
          "Expected the JVM to make "
              + cache.file()
              + ", but it ended with status "
              + status
              + "; its log is "
              + cache.log());
    }
    progress.say(cache.bytes() / 1_000_000 + " MB");
  }
}
