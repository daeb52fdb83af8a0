package io.skald.benchmark;

import io.skald.standalone.Packaging;
import io.skald.standalone.PostgresNode;
import io.skald.standalone.Program;
import io.skald.standalone.Progress;
import io.skald.standalone.ServiceProcess;
import io.skald.standalone.Stack;
import io.skald.standalone.StackOptions;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A stack of the bench's own: Kafka, PostgreSQL, any number of orchestrators, and the shop when it
 * takes part. Any thread may call.
 */
final class OwnStack implements Target, AutoCloseable {

  /**
   * Each of several orchestrators is a JVM that believes in one processor: its pools are sized so,
   * and one garbage collector thread works. The system may still run it on more.
   */
  private static final Map<String, String> ONE_PROCESSOR =
      Map.of("JDK_JAVA_OPTIONS", "-XX:ActiveProcessorCount=1");

  private static final String SCRATCH = "bench";

  private final Stack stack;
  private final boolean boundsProcessors;
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<ServiceProcess> orchestrators = new ArrayDeque<>();
  private int added;
  private @Nullable ServiceProcess shop;

  private OwnStack(Stack stack, boolean boundsProcessors) {
    this.stack = stack;
    this.boundsProcessors = boundsProcessors;
  }

  /** Takes the state directory; nothing runs yet. */
  static OwnStack prepare(BenchArguments arguments, Path home, Progress progress) {
    Map<String, String> environment = new HashMap<>(arguments.environment());
    if (!arguments.fill().isNone()) {
      // What waits to try again is to be there for the whole run.
      environment.put("BENCH_RETRY_INITIAL", "PT12H");
    }
    environment.put("BENCH_WIDE_STEPS", Integer.toString(arguments.steps()));
    StackOptions options =
        StackOptions.of(arguments.state(), home)
            .telling(progress)
            .withOrchestratorEnvironment(environment)
            .withShopEnvironment(shopEnvironment(arguments.profile()));
    if (arguments.participants() == Participants.TRIVIAL) {
      options =
          options.withPrograms(
              Program.of(home.resolve("orchestrator/benchmark/engine"), Packaging.JVM),
              options.shop());
    }
    return new OwnStack(
        Stack.prepare(options), arguments.orchestrators() > 1 || arguments.scales());
  }

  /** Starts everything and returns when it is healthy. */
  void start(BenchArguments arguments) {
    if (arguments.fresh()) {
      stack.empty();
    }
    stack.startServers();
    stack.postgres().createDatabase(SCRATCH);
    scaleTo(arguments.orchestrators());
    if (arguments.participants() == Participants.SHOP) {
      shop = stack.addShop("shop", 0, Map.of());
      catalogue().stockUp(stack.postgres());
    }
  }

  /** Adds or removes orchestrators; returns when those added are healthy, or those removed gone. */
  void scaleTo(int wanted) {
    lock.lock();
    try {
      while (orchestrators.size() < wanted) {
        added++;
        String name = added == 1 ? "orchestrator" : "orchestrator-" + added;
        orchestrators.addLast(
            stack.addOrchestrator(name, 0, boundsProcessors ? ONE_PROCESSOR : Map.of()));
      }
      while (orchestrators.size() > wanted) {
        orchestrators.removeLast().stop();
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public List<URI> orchestrators() {
    lock.lock();
    try {
      return orchestrators.stream().map(ServiceProcess::address).toList();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Optional<URI> shop() {
    return Optional.ofNullable(shop).map(ServiceProcess::address);
  }

  @Override
  public Catalogue catalogue() {
    return Catalogue.LARGE;
  }

  @Override
  public String kafka() {
    return stack.bootstrapServers();
  }

  @Override
  public Optional<Databases> postgres() {
    PostgresNode postgres = stack.postgres();
    return Optional.of(
        new Databases(
            postgres.jdbcUrl("skald"),
            postgres.jdbcUrl(SCRATCH),
            postgres.username(),
            postgres.password()));
  }

  @Override
  public Map<String, ProcessHandle> processes() {
    Map<String, ProcessHandle> processes = new HashMap<>();
    put(processes, stack.kafka());
    lock.lock();
    try {
      orchestrators.forEach(orchestrator -> put(processes, orchestrator));
    } finally {
      lock.unlock();
    }
    Optional.ofNullable(shop).ifPresent(service -> put(processes, service));
    stack.postgres().process().ifPresent(process -> processes.put("postgres", process));
    return processes;
  }

  @Override
  public void close() {
    stack.close();
  }

  private static void put(Map<String, ProcessHandle> processes, ServiceProcess service) {
    ProcessHandle.of(service.pid()).ifPresent(process -> processes.put(service.name(), process));
  }

  /** The shop has faults of its own that it can be told of. */
  private static Map<String, String> shopEnvironment(Profile profile) {
    Map<String, String> environment = new HashMap<>();
    if (profile.failing() > 0) {
      for (String participant : List.of("PAYMENT", "INVENTORY", "SHIPPING")) {
        environment.put(
            "SHOP_FAULTS_" + participant + "_FAILURE_RATE", Double.toString(profile.failing()));
      }
    }
    return environment;
  }
}
