package io.skald.standalone;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * All of Skald on this machine: Kafka in its own JVM, PostgreSQL, the orchestrator and the shop,
 * each a process that is started again when it dies.
 *
 * <p>Everything it keeps is in one state directory, which has one stack at a time. Processes that a
 * killed stack left behind are ended by the next one. Killing any process, or this JVM, loses
 * nothing that was committed or acknowledged.
 *
 * <p>All methods may be called from any thread.
 */
public final class Stack implements AutoCloseable {
  static final String KAFKA = "kafka";

  private static final String ORCHESTRATOR = "orchestrator";
  private static final String SHOP = "shop";
  private static final String HOST = "127.0.0.1";
  private static final Duration SUPERVISE_INTERVAL = Duration.ofMillis(500);

  private final StackOptions options;
  private final StateLock stateLock;
  private final Map<String, ServiceProcess> services = new HashMap<>();

  /** What runs, in the order in which to stop it. */
  private final Deque<AutoCloseable> running = new ArrayDeque<>();

  private final ReentrantLock lock = new ReentrantLock();

  private @Nullable PostgresNode postgres;
  private volatile boolean closed;

  private Stack(StackOptions options, StateLock stateLock) {
    this.options = options;
    this.stateLock = stateLock;
  }

  /**
   * Starts all and returns when all are healthy.
   *
   * @throws StandaloneException when one is not, after the others have been stopped
   */
  public static Stack start(StackOptions options) {
    return started(prepare(options));
  }

  /**
   * The same from nothing: what an earlier stack left in the state directory, data and logs, is
   * deleted first.
   *
   * @throws StandaloneException as {@link #start}
   */
  public static Stack startFresh(StackOptions options) {
    Stack stack = prepare(options);
    try {
      stack.empty();
    } catch (RuntimeException | Error e) {
      stack.close();
      throw e;
    }
    return started(stack);
  }

  private static Stack started(Stack stack) {
    try {
      stack.startAll();
      return stack;
    } catch (RuntimeException | Error e) {
      stack.close();
      throw e;
    }
  }

  /**
   * Takes the state directory and ends what was left behind in it; starts nothing yet. {@link
   * #startAll} starts everything; or {@link #startServers} Kafka and PostgreSQL alone, to which
   * services are added one by one.
   *
   * @throws StandaloneException when the directory can't be used, or another stack uses it
   */
  public static Stack prepare(StackOptions options) {
    Path stateDir = options.stateDir();
    try {
      StateLock stateLock = StateLock.take(stateDir);
      try {
        Leftovers.end(stateDir, postgresData(stateDir), options.progress());
        return new Stack(options, stateLock);
      } catch (IOException | RuntimeException e) {
        stateLock.close();
        throw e;
      }
    } catch (IOException e) {
      throw new StandaloneException(
          "Expected to use " + stateDir + " as state directory, but: " + e, e);
    }
  }

  /**
   * Deletes data and logs, and nothing that a stack did not make. Only before anything is started.
   */
  public void empty() {
    for (String name : new String[] {KAFKA, "postgres", "logs", "run"}) {
      Path directory = options.stateDir().resolve(name);
      try {
        Trees.delete(directory);
      } catch (IOException e) {
        throw new StandaloneException("Expected to delete " + directory + ", but: " + e, e);
      }
    }
  }

  /**
   * Starts Kafka and PostgreSQL, and no service; returns when both are healthy.
   *
   * @throws StandaloneException when one is not; what was started runs until {@link #close}
   */
  public void startServers() {
    say("Starting Kafka and PostgreSQL");
    ServiceProcess kafka = startKafka();
    startPostgres();
    say("PostgreSQL is up");
    kafka.awaitHealthy(options.startTimeout());
    say("Kafka is up");
  }

  /**
   * Starts Kafka, PostgreSQL, an orchestrator and the shop; returns when all are healthy.
   *
   * @throws StandaloneException when one is not; what was started runs until {@link #close}
   */
  public void startAll() {
    startServers();
    // The orchestrator makes all Kafka topics, so it goes first.
    say("Starting the orchestrator");
    addOrchestrator(ORCHESTRATOR, options.ports().orchestrator(), Map.of());
    say("The orchestrator is up");
    say("Starting the shop");
    addShop(SHOP, options.ports().shop(), Map.of());
    say("The shop is up");
  }

  /** For clients of Kafka, {@code 127.0.0.1:port}. */
  public String bootstrapServers() {
    URI address = kafka().address();
    return address.getHost() + ":" + address.getPort();
  }

  /** It is started again when it is killed; databases are {@code skald} and {@code shop}. */
  public PostgresNode postgres() {
    lock.lock();
    try {
      if (postgres == null) {
        throw new StandaloneException("Expected PostgreSQL to be started, but it is not yet");
      }
      return postgres;
    } finally {
      lock.unlock();
    }
  }

  public ServiceProcess kafka() {
    return service(KAFKA);
  }

  public ServiceProcess orchestrator() {
    return service(ORCHESTRATOR);
  }

  public ServiceProcess shop() {
    return service(SHOP);
  }

  /** {@code http://localhost:port}. */
  public URI orchestratorUrl() {
    return orchestrator().address();
  }

  /** {@code http://localhost:port}. */
  public URI shopUrl() {
    return shop().address();
  }

  /**
   * One more orchestrator on the same Kafka and PostgreSQL, to share the work; returns when it is
   * healthy.
   *
   * @param name other than those that run; of its log file too
   * @param port 0 takes a free one
   * @param environment on top of that of {@link StackOptions#orchestratorEnvironment}
   */
  public ServiceProcess addOrchestrator(String name, int port, Map<String, String> environment) {
    return addOrchestrator(name, options.orchestrator(), port, environment);
  }

  /** The same with another program than that of {@link StackOptions#orchestrator}. */
  public ServiceProcess addOrchestrator(
      String name, Program program, int port, Map<String, String> environment) {
    Map<String, String> merged = new HashMap<>(options.orchestratorEnvironment());
    merged.putAll(environment);
    return startQuarkus(name, program, port, "skald", merged);
  }

  /**
   * One more process of the shop, as for a single participant with {@code SHOP_PARTICIPANTS};
   * returns when it is healthy.
   *
   * @param name other than those that run; of its log file too
   * @param port 0 takes a free one
   * @param environment on top of that of {@link StackOptions#shopEnvironment}
   */
  public ServiceProcess addShop(String name, int port, Map<String, String> environment) {
    Map<String, String> merged = new HashMap<>();
    merged.put("SHOP_ORCHESTRATOR_URL", orchestratorUrl().toString());
    merged.putAll(options.shopEnvironment());
    merged.putAll(environment);
    return addShop(name, options.shop(), port, merged);
  }

  /**
   * The same with another program than that of {@link StackOptions#shop}; the environment has to
   * say where its orchestrator is.
   */
  public ServiceProcess addShop(
      String name, Program program, int port, Map<String, String> environment) {
    Map<String, String> merged = new HashMap<>(options.shopEnvironment());
    merged.putAll(environment);
    return startQuarkus(name, program, port, "shop", merged);
  }

  /** Stops all in order: shop, orchestrator, Kafka, PostgreSQL; keeps the data. */
  @Override
  public void close() {
    closed = true;
    lock.lock();
    try {
      while (!running.isEmpty()) {
        stop(running.pop());
      }
    } finally {
      lock.unlock();
      stateLock.close();
    }
  }

  boolean isClosed() {
    return closed;
  }

  /** The word in the command line of every process of a state directory. */
  static String mark(Path stateDir) {
    return "-Dio.skald.standalone.state=" + stateDir;
  }

  static Path postgresData(Path stateDir) {
    return stateDir.resolve("postgres").resolve("data");
  }

  private ServiceProcess startKafka() {
    int port = Loopback.orFree(options.ports().kafka());
    Path stateDir = options.stateDir();
    ServiceSpec spec =
        new ServiceSpec(
            KAFKA,
            JavaCommand.main(KafkaNode.class, mark(stateDir), KAFKA, kafkaArguments(port)),
            Map.of("CLASSPATH", System.getProperty("java.class.path")),
            URI.create("kafka://" + HOST + ":" + port),
            Health.kafka(HOST + ":" + port),
            stateDir,
            mark(stateDir));
    return launch(spec);
  }

  private String[] kafkaArguments(int port) {
    List<String> words = new ArrayList<>();
    words.add(options.stateDir().resolve(KAFKA).toString());
    words.add(Integer.toString(port));
    words.add(options.quickFailover() ? "quick" : "steady");
    options.kafkaListeners().forEach(listener -> words.add(listener.word()));
    return words.toArray(String[]::new);
  }

  private void startPostgres() {
    lock.lock();
    try {
      requireOpen();
      PostgresNode node =
          PostgresNode.start(
              PostgresOptions.in(postgresData(options.stateDir()))
                  .onPort(options.ports().postgres()));
      postgres = node;
      // Stopped last of all, whatever was started before it.
      running.addLast(node);
      node.createDatabase("skald");
      node.createDatabase("shop");
      Thread.ofPlatform().daemon().name("supervise-postgres").start(() -> supervise(node));
    } finally {
      lock.unlock();
    }
  }

  private ServiceProcess startQuarkus(
      String name, Program program, int wantedPort, String database, Map<String, String> extra) {
    if (!program.isBuilt()) {
      throw new StandaloneException(
          "Expected the program of '"
              + name
              + "' at "
              + program.file()
              + ", but there is none; "
              + program.remedy());
    }
    int port = Loopback.orFree(wantedPort);
    Path stateDir = options.stateDir();
    PostgresNode node = postgres();
    Map<String, String> environment = new HashMap<>();
    environment.put("QUARKUS_HTTP_HOST", HOST);
    environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
    environment.put("KAFKA_BOOTSTRAP_SERVERS", bootstrapServers());
    environment.put("QUARKUS_DATASOURCE_JDBC_URL", node.jdbcUrl(database));
    environment.put("QUARKUS_DATASOURCE_USERNAME", node.username());
    environment.put("QUARKUS_DATASOURCE_PASSWORD", node.password());
    environment.putAll(extra);
    ServiceSpec spec =
        new ServiceSpec(
            name,
            program.command(mark(stateDir), name),
            environment,
            URI.create("http://localhost:" + port),
            Health.http(URI.create("http://" + HOST + ":" + port + "/q/health/ready")),
            stateDir,
            mark(stateDir));
    ServiceProcess service = launch(spec);
    service.awaitHealthy(options.startTimeout());
    return service;
  }

  private ServiceProcess launch(ServiceSpec spec) {
    lock.lock();
    try {
      requireOpen();
      if (services.containsKey(spec.name())) {
        throw new IllegalArgumentException(
            "Expected a new name, but '" + spec.name() + "' is already a service of this stack");
      }
      ServiceProcess service = ServiceProcess.start(spec, options.progress());
      services.put(spec.name(), service);
      running.push(service);
      return service;
    } finally {
      lock.unlock();
    }
  }

  private ServiceProcess service(String name) {
    lock.lock();
    try {
      ServiceProcess service = services.get(name);
      if (service == null) {
        throw new StandaloneException("Expected '" + name + "' to be started, but it is not yet");
      }
      return service;
    } finally {
      lock.unlock();
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new StandaloneException("The stack has been stopped");
    }
  }

  private void supervise(PostgresNode node) {
    while (!closed && Poll.pause(SUPERVISE_INTERVAL)) {
      if (node.isLost()) {
        say("postgres ended; starting it again");
        try {
          if (node.restartIfLost()) {
            say("postgres is up again");
          }
        } catch (StandaloneException e) {
          say(e.getMessage());
        }
      }
    }
  }

  private void stop(AutoCloseable part) {
    String name = part instanceof ServiceProcess service ? service.name() : "postgres";
    say("Stopping " + name);
    try {
      part.close();
    } catch (Exception e) {
      // The others have to be stopped all the same.
      say("Could not stop " + name + ": " + e);
    }
  }

  private void say(String line) {
    options.progress().say(line);
  }
}
