package io.skald.shop.scenarios;

import io.skald.checker.real.Installation;
import io.skald.standalone.Packaging;
import io.skald.standalone.ServiceProcess;
import io.skald.standalone.Stack;
import io.skald.standalone.StackOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * The shop as the scenarios drive it: on Kafka, PostgreSQL, an orchestrator and participants that
 * are processes of their own.
 */
final class Shop implements AutoCloseable {

  private static final int CUSTOMERS = 8;

  private final Stack stack;
  private final Topics topics;
  private final Database engine;
  private final Database participants;
  private final Http http;
  private final Map<Temper, ServiceProcess> orchestrators = new EnumMap<>(Temper.class);
  private Temper temper = Temper.PATIENT;
  private volatile boolean stopped;

  private Shop(Stack stack) {
    this.stack = stack;
    this.topics = new Topics(stack.bootstrapServers());
    this.engine = new Database(stack.postgres(), "skald");
    this.participants = new Database(stack.postgres(), "shop");
    this.http = new Http(stack.shopUrl());
    orchestrators.put(temper, stack.orchestrator());
  }

  /** Starts all of it, from nothing; as executables where {@code -Dskald.native=true} says so. */
  static Shop open() {
    StackOptions options =
        StackOptions.of(
                Path.of("target", "stack"),
                repository(),
                Boolean.getBoolean("skald.native") ? Packaging.NATIVE : Packaging.JVM)
            .withOrchestratorEnvironment(Temper.PATIENT.environment())
            .telling(System.out::println);
    Stack stack = Stack.startFresh(options);
    Shop shop = new Shop(stack);
    // Should this JVM be told to end before the tests have: its children would not.
    Runtime.getRuntime().addShutdownHook(new Thread(shop::stop, "stop-stack"));
    return shop;
  }

  /** Has sagas run by an orchestrator of this temper from now on. */
  void beServedBy(Temper wanted) {
    if (wanted == temper) {
      return;
    }
    orchestrator().stop();
    temper = wanted;
    ServiceProcess known = orchestrators.get(wanted);
    if (known == null) {
      String name = "orchestrator-" + wanted.name().toLowerCase(Locale.ROOT);
      orchestrators.put(wanted, stack.addOrchestrator(name, 0, wanted.environment()));
    } else {
      known.start();
      known.awaitHealthy(Patience.LIMIT);
    }
  }

  /** The one that runs the sagas. */
  ServiceProcess orchestrator() {
    return Objects.requireNonNull(orchestrators.get(temper));
  }

  /** The process of all participants. */
  ServiceProcess process() {
    return stack.shop();
  }

  /** Whether all orders that were placed are in Kafka. */
  boolean hasPublishedAllOrders() {
    return participants.number("select count(*) from orders.purchase where not published") == 0;
  }

  ServiceProcess kafka() {
    return stack.kafka();
  }

  /** Has everything run again that a scenario has stopped or killed, unless all of it ends. */
  void revive() {
    for (ServiceProcess service : List.of(kafka(), orchestrator(), process())) {
      if (!stopped && !service.isAlive()) {
        service.stop(); // It may have failed at its start, and is not tried again then.
        service.start();
      }
      service.awaitHealthy(Patience.LIMIT);
    }
  }

  /** One more beside it. */
  ServiceProcess addOrchestrator(String name) {
    return stack.addOrchestrator(name, 0, Map.of("SKALD_GROUP_NODE", name));
  }

  /** The API of the orchestrator that runs the sagas. */
  Http sagas() {
    return new Http(orchestrator().address());
  }

  /** The shop's own API. */
  Http api() {
    return http;
  }

  Topics topics() {
    return topics;
  }

  /** The orchestrator's own database. */
  Database engine() {
    return engine;
  }

  /** The participants' database. */
  Database participants() {
    return participants;
  }

  /** Where everything is, for the checker. */
  Installation installation() {
    return new Installation(
        engine.address(),
        stack.bootstrapServers(),
        Map.of(
            "payment", participants.address(),
            "inventory", participants.address(),
            "shipping", participants.address(),
            "order", participants.address().withSchema("orders")));
  }

  PlacedOrder place(OrderDraft draft) {
    return order(http.post("/api/orders", draft.json()).orThrow().path("orderId").asText());
  }

  /** Places many, several at a time. */
  List<PlacedOrder> place(int count, IntFunction<OrderDraft> draft) {
    try (ExecutorService customers = Executors.newFixedThreadPool(CUSTOMERS)) {
      return IntStream.range(0, count)
          .mapToObj(i -> customers.submit(() -> place(draft.apply(i))))
          .toList()
          .stream()
          .map(Shop::get)
          .toList();
    }
  }

  /** An order of this id, which the shop need not know. */
  PlacedOrder order(String id) {
    return new PlacedOrder(id, this);
  }

  Books books() {
    return new Books(http.get("/api/books").orThrow());
  }

  /** From now on this participant neither does what it is asked nor answers, but to undo. */
  void silence(String participant) {
    faults(participant, "{\"silent\":true}");
  }

  /** From now on this participant fails at every attempt, transiently. */
  void fail(String participant) {
    faults(participant, "{\"failureRate\":1}");
  }

  /** From now on the first so many attempts at every command of this participant fail. */
  void failFirst(String participant, int attempts) {
    faults(participant, "{\"failFirst\":" + attempts + "}");
  }

  /** From now on this participant takes so many milliseconds for every command. */
  void slow(String participant, int millis) {
    faults(participant, "{\"delay\":\"PT%sS\"}".formatted(millis / 1000.0));
  }

  /** No more faults. */
  void heal() {
    http.delete("/api/faults").orThrow();
  }

  private void faults(String participant, String body) {
    http.put("/api/faults/" + participant, body).orThrow();
  }

  private static PlacedOrder get(Future<PlacedOrder> placed) {
    try {
      return placed.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("Expected the shop to take an order", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    }
  }

  /** The checkout of Skald that holds this module. */
  private static Path repository() {
    Path directory = Path.of("").toAbsolutePath();
    while (!Files.exists(directory.resolve("mvnw"))) {
      directory =
          Objects.requireNonNull(directory.getParent(), "Expected to run in a checkout of Skald");
    }
    return directory;
  }

  private void stop() {
    stopped = true;
    stack.close();
  }

  @Override
  public void close() {
    topics.close();
    stop();
  }
}
