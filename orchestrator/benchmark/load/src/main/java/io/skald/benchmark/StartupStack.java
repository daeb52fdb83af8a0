package io.skald.benchmark;

import io.skald.standalone.Packaging;
import io.skald.standalone.Program;
import io.skald.standalone.Progress;
import io.skald.standalone.ServiceProcess;
import io.skald.standalone.Stack;
import io.skald.standalone.StackOptions;
import java.net.URI;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One Kafka and one PostgreSQL, and on them an orchestrator and a shop of each program, of which
 * one pair runs at a time. For one thread.
 */
final class StartupStack implements Target, AutoCloseable {

  /** The services of one program. */
  record Pair(ServiceProcess orchestrator, ServiceProcess shop) {

    void stop() {
      shop.stop();
      orchestrator.stop();
    }
  }

  private final Stack stack;
  private final Path home;
  private final Map<Packaging, Pair> pairs = new EnumMap<>(Packaging.class);
  private Optional<Pair> current = Optional.empty();

  private StartupStack(Stack stack, Path home) {
    this.stack = stack;
    this.home = home;
  }

  /** Takes the state directory; nothing runs yet. */
  static StartupStack prepare(Path state, Path home, Progress progress) {
    return new StartupStack(Stack.prepare(StackOptions.of(state, home).telling(progress)), home);
  }

  static Program orchestrator(Path home, Packaging packaging) {
    return Program.of(home.resolve("participants/shop/orchestrator"), packaging);
  }

  static Program shop(Path home, Packaging packaging) {
    return Program.of(home.resolve("participants/shop/services"), packaging);
  }

  /**
   * Starts the servers from nothing, and each program once, so that all of them find what the first
   * one makes.
   */
  void start(List<Packaging> programs) {
    stack.empty();
    stack.startServers();
    for (Packaging packaging : programs) {
      String suffix = "-" + Flags.lower(packaging);
      ServiceProcess orchestrator =
          stack.addOrchestrator(
              "orchestrator" + suffix, orchestrator(home, packaging), 0, Map.of());
      ServiceProcess shop =
          stack.addShop(
              "shop" + suffix,
              shop(home, packaging),
              0,
              Map.of("SHOP_ORCHESTRATOR_URL", orchestrator.address().toString()));
      Pair pair = new Pair(orchestrator, shop);
      pairs.put(packaging, pair);
      pair.stop();
    }
    catalogue().stockUp(stack.postgres());
  }

  /** The pair to run next; the one before it has been stopped. */
  Pair take(Packaging packaging) {
    Pair pair = pairs.get(packaging);
    if (pair == null) {
      throw new IllegalArgumentException("Expected a program that was started, got " + packaging);
    }
    current = Optional.of(pair);
    return pair;
  }

  @Override
  public List<URI> orchestrators() {
    return current.stream().map(pair -> pair.orchestrator().address()).toList();
  }

  @Override
  public Optional<URI> shop() {
    return current.map(pair -> pair.shop().address());
  }

  @Override
  public Catalogue catalogue() {
    return Catalogue.LARGE;
  }

  @Override
  public String kafka() {
    return stack.bootstrapServers();
  }

  /** None: a yardstick before each load would take longer than the load. */
  @Override
  public Optional<Databases> postgres() {
    return Optional.empty();
  }

  @Override
  public Map<String, ProcessHandle> processes() {
    Map<String, ProcessHandle> processes = new HashMap<>();
    current.ifPresent(
        pair -> {
          ProcessHandle.of(pair.orchestrator().pid())
              .ifPresent(p -> processes.put("orchestrator", p));
          ProcessHandle.of(pair.shop().pid()).ifPresent(p -> processes.put("shop", p));
        });
    return processes;
  }

  @Override
  public void close() {
    stack.close();
  }
}
