package io.skald.chaos.stack;

import io.skald.saga.message.crash.CrashPoint;
import io.skald.standalone.PostgresNode;
import io.skald.standalone.Progress;
import io.skald.standalone.ServiceProcess;
import io.skald.standalone.Stack;
import io.skald.standalone.StackOptions;
import io.skald.standalone.StandaloneException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Kafka, PostgreSQL, orchestrators and the shop's participants, each a process of its own, each
 * participant with a database of its own, and a proxy on every link. What dies is started again.
 *
 * <p>Who looks on, such as load and checker, reaches Kafka and PostgreSQL directly. All methods may
 * be called from any thread.
 */
public final class ChaosStack implements Targets, AutoCloseable {

  /** What an orchestrator calls itself. */
  private static final String NODE = "SKALD_GROUP_NODE";

  /** What a process of the shop hosts. */
  private static final String PARTICIPANTS = "SHOP_PARTICIPANTS";

  private static final Map<String, String> IMPATIENT =
      Map.of(
          "SHOP_SAGA_STEP_TIMEOUT", "PT5S",
          "SHOP_SAGA_DEADLINE", "PT3M",
          "SHOP_SAGA_RETRY_MAX_DELAY", "PT5S",
          "SHOP_SAGA_FORWARD_RETRY_MAX_DELAY", "PT5S",
          "SHOP_SAGA_COMPENSATION_RETRY_MAX_DELAY", "PT5S");

  private static final Duration START_PATIENCE = Duration.ofSeconds(90);

  /** For all the starts together that one process may need until its servers are there again. */
  private static final Duration REVIVAL_PATIENCE = Duration.ofMinutes(6);

  private final Path stateDir;
  private final Stack stack;
  private final Links links;
  private final CrashOrders crashOrders;
  private final Map<Host, ServiceProcess> processes = new ConcurrentHashMap<>();
  private final Map<String, Host> participants = new ConcurrentHashMap<>();
  private volatile boolean closed;

  private ChaosStack(Path stateDir, Stack stack, Links links) {
    this.stateDir = stateDir;
    this.stack = stack;
    this.links = links;
    this.crashOrders = new CrashOrders(stateDir.resolve("run"));
  }

  /**
   * Starts all from nothing and returns when all are healthy.
   *
   * @param stateDir holds data, logs and pid files; what an earlier run left there is deleted
   * @param home the checkout whose jars to run
   * @param environments on top of what each process is told anyway; hosts that are not named here
   *     are not started
   * @throws StandaloneException when one is not healthy, after the others have been stopped
   */
  public static ChaosStack start(
      Path stateDir, Path home, Map<Host, Map<String, String>> environments, Progress progress) {
    Links links = new Links();
    StackOptions options =
        StackOptions.of(stateDir, home)
            .on(new StackOptions.Ports(0, 0, 0, links.postgresPort()))
            .withKafkaListeners(links.kafkaListeners())
            .telling(progress);
    Stack stack = Stack.prepare(options);
    ChaosStack chaos = new ChaosStack(options.stateDir(), stack, links);
    try {
      stack.empty();
      stack.startServers();
      chaos.startHosts(environments);
      return chaos;
    } catch (RuntimeException | Error e) {
      chaos.close();
      throw e;
    }
  }

  /** All hosts, with an order's patience in seconds, not minutes: what is lost is missed soon. */
  public static Map<Host, Map<String, String>> impatient() {
    Map<Host, Map<String, String>> environments = new EnumMap<>(Host.class);
    for (Host host : Host.values()) {
      environments.put(host, host.isOrchestrator() ? IMPATIENT : Map.of());
    }
    return environments;
  }

  /** Where data and logs are. */
  public Path stateDir() {
    return stateDir;
  }

  @Override
  public Links links() {
    return links;
  }

  public Collection<Host> hosts() {
    return processes.keySet();
  }

  /** Where each participant is hosted, by its name. */
  public Map<String, Host> participants() {
    return Map.copyOf(participants);
  }

  public ServiceProcess process(Host host) {
    return Objects.requireNonNull(
        processes.get(host), () -> host.processName() + " is no part of this stack");
  }

  public ServiceProcess kafka() {
    return stack.kafka();
  }

  public PostgresNode postgres() {
    return stack.postgres();
  }

  /** For those who look on. */
  public String bootstrapServers() {
    return stack.bootstrapServers();
  }

  /** For those who look on. */
  public Connection connect(Host host) throws SQLException {
    return postgres().connect(host.database());
  }

  @Override
  public boolean kill(Host host) {
    ServiceProcess process = process(host);
    boolean alive = process.isAlive();
    process.kill();
    return alive;
  }

  @Override
  public boolean kill(Server server) {
    boolean alive = process(server).isPresent();
    switch (server) {
      case KAFKA -> kafka().kill();
      case POSTGRES -> postgres().kill();
    }
    return alive;
  }

  @Override
  public boolean freeze(Host host) {
    return freeze(handle(process(host)));
  }

  @Override
  public boolean freeze(Server server) {
    return freeze(process(server));
  }

  @Override
  public void thaw(Host host) {
    handle(process(host)).ifPresent(Signals::thaw);
  }

  @Override
  public void thaw(Server server) {
    process(server).ifPresent(Signals::thaw);
  }

  @Override
  public void restart(Host host) {
    process(host).stop();
    if (!startUntilHealthy(host)) {
      throw new StandaloneException(
          "Expected "
              + host.processName()
              + " to be healthy again, but it is not after "
              + REVIVAL_PATIENCE.toMinutes()
              + " minutes; its log is "
              + process(host).log());
    }
  }

  @Override
  public void crashAt(Host host, CrashPoint point) {
    crashOrders.give(host, point);
  }

  @Override
  public boolean hasCrashed(Host host) {
    return !crashOrders.isOpen(host);
  }

  @Override
  public void crashNoMore(Host host) {
    crashOrders.takeBack(host);
  }

  /**
   * Ends whatever is wrong, and returns when every process is healthy, or has been started again
   * for minutes to no avail.
   *
   * @return those that are not healthy
   */
  public Set<Host> heal() {
    links.heal();
    thaw(Server.POSTGRES);
    thaw(Server.KAFKA);
    for (Host host : processes.keySet()) {
      crashNoMore(host);
      thaw(host);
    }
    Set<Host> unhealthy = new TreeSet<>();
    for (Host host : processes.keySet()) {
      if (!process(host).isHealthy() && !startUntilHealthy(host)) {
        unhealthy.add(host);
      }
    }
    return unhealthy;
  }

  @Override
  public void close() {
    closed = true;
    links.heal();
    stack.close();
    links.close();
  }

  private static boolean freeze(Optional<ProcessHandle> process) {
    process.ifPresent(Signals::freeze);
    return process.isPresent();
  }

  private Optional<ProcessHandle> process(Server server) {
    return switch (server) {
      case KAFKA -> handle(kafka());
      case POSTGRES -> postgres().process();
    };
  }

  /** Empty when it does not run. */
  private static Optional<ProcessHandle> handle(ServiceProcess process) {
    return process.isAlive() ? ProcessHandle.of(process.pid()) : Optional.empty();
  }

  private boolean startUntilHealthy(Host host) {
    ServiceProcess process = process(host);
    return Attempts.within(
        REVIVAL_PATIENCE,
        () -> closed,
        () -> {
          process.start();
          process.awaitHealthy(START_PATIENCE);
        },
        process::stop);
  }

  private void startHosts(Map<Host, Map<String, String>> environments) {
    for (Host host : environments.keySet()) {
      postgres().createDatabase(host.database());
    }
    environments.keySet().stream()
        .filter(Host::isOrchestrator)
        .sorted()
        .forEach(host -> start(host, environments));
    CompletableFuture.allOf(
            environments.keySet().stream()
                .filter(host -> !host.isOrchestrator())
                .map(host -> CompletableFuture.runAsync(() -> start(host, environments)))
                .toArray(CompletableFuture[]::new))
        .join();
  }

  private void start(Host host, Map<Host, Map<String, String>> environments) {
    Map<String, String> environment = new HashMap<>(links.environment(host));
    environment.put("JAVA_TOOL_OPTIONS", "-D" + CrashPoint.ORDERS + "=" + crashOrders.file(host));
    environment.put(host.isOrchestrator() ? NODE : PARTICIPANTS, host.processName());
    environment.putAll(environments.getOrDefault(host, Map.of()));
    if (!host.isOrchestrator()) {
      for (String name : environment.getOrDefault(PARTICIPANTS, "").split(",", -1)) {
        participants.put(name, host);
      }
    }
    processes.put(
        host,
        host.isOrchestrator()
            ? stack.addOrchestrator(host.processName(), 0, environment)
            : stack.addShop(host.processName(), 0, environment));
  }
}
