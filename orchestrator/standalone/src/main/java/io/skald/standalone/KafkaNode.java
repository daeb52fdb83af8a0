package io.skald.standalone;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * A real Kafka broker, alone in its cluster: KRaft, broker and controller in one, bound to
 * 127.0.0.1 without authentication.
 *
 * <p>Topics are made by those who need them ({@code auto.create.topics.enable=false}). Data,
 * consumer offsets and the cluster id are kept in the data directory over restarts, also after
 * {@code kill -9} of the process. What a producer saw acknowledged survives the end of the process;
 * as always with Kafka it is not forced to disk, so it may not survive the end of the machine.
 *
 * <p>Runs inside this JVM ({@link #start}), or in its own ({@link #main}), which is the only way to
 * kill it. All methods may be called from any thread.
 */
public final class KafkaNode implements AutoCloseable {
  private static final String HOST = "127.0.0.1";
  private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

  /** Held, because java.util.logging forgets the level of a logger that nobody refers to. */
  private static final List<Logger> CHATTY =
      Stream.of("kafka", "org.apache.kafka", "state.change.logger").map(Logger::getLogger).toList();

  private final int port;
  private final KafkaRaftServer server;
  private final AtomicBoolean closed = new AtomicBoolean();

  private KafkaNode(int port, KafkaRaftServer server) {
    this.port = port;
    this.server = server;
  }

  /**
   * Starts a broker and returns when it takes requests, in about 3 s.
   *
   * @throws StandaloneException when the broker does not come up, as when its port is in use
   */
  public static KafkaNode start(KafkaOptions options) {
    quietLoggers();
    int port = Loopback.orFree(options.port());
    int controllerPort = Loopback.orFree(0);
    Path dataDir = options.dataDir().toAbsolutePath().normalize();
    try {
      formatOnce(dataDir);
      Properties properties = properties(options, dataDir, port, controllerPort);
      KafkaRaftServer server =
          new KafkaRaftServer(KafkaConfig.fromProps(properties, false), Time.SYSTEM);
      KafkaNode node = new KafkaNode(port, server);
      try {
        server.startup();
        node.awaitReady();
      } catch (RuntimeException | Error e) {
        node.close();
        throw e;
      }
      return node;
    } catch (StandaloneException e) {
      throw e;
    } catch (Exception e) {
      throw new StandaloneException(
          "Expected Kafka to start on port "
              + port
              + " with its data in "
              + dataDir
              + ", but it failed: "
              + e
              + ". Is another process using that port or directory?",
          e);
    }
  }

  /** The address for clients, {@code 127.0.0.1:port}. */
  public String bootstrapServers() {
    return HOST + ":" + port;
  }

  public int port() {
    return port;
  }

  /** Stops the broker and keeps its data. Does nothing the second time. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      server.shutdown();
      server.awaitShutdown();
    }
  }

  private void awaitReady() {
    if (!Poll.until(START_TIMEOUT, () -> Health.kafka(bootstrapServers()).isUp())) {
      throw new StandaloneException(
          "Expected Kafka on port "
              + port
              + " to take requests within "
              + START_TIMEOUT.toSeconds()
              + " s, but it did not");
    }
  }

  private static void formatOnce(Path dataDir) throws Exception {
    Files.createDirectories(dataDir);
    if (Files.exists(dataDir.resolve("meta.properties"))) {
      return;
    }
    new Formatter()
        .setPrintStream(
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
        .setNodeId(1)
        .setClusterId(Uuid.randomUuid().toString())
        .setDirectories(List.of(dataDir.toString()))
        .setMetadataLogDirectory(dataDir.toString())
        .setControllerListenerName("CONTROLLER")
        .setIgnoreFormatted(true)
        .run();
  }

  private static Properties properties(
      KafkaOptions options, Path dataDir, int port, int controllerPort) {
    Properties p = new Properties();
    p.put("process.roles", "broker,controller");
    p.put("node.id", "1");
    p.put("log.dirs", dataDir.toString());
    StringBuilder listeners = new StringBuilder(address("BROKER", port));
    StringBuilder advertised = new StringBuilder(address("BROKER", port));
    StringBuilder protocols = new StringBuilder("BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT");
    for (KafkaOptions.Listener more : options.listeners()) {
      listeners.append(',').append(address(more.name(), more.port()));
      advertised.append(',').append(address(more.name(), more.advertisedPort()));
      protocols.append(',').append(more.name()).append(":PLAINTEXT");
    }
    listeners.append(',').append(address("CONTROLLER", controllerPort));
    p.put("listeners", listeners.toString());
    p.put("advertised.listeners", advertised.toString());
    p.put("listener.security.protocol.map", protocols.toString());
    p.put("inter.broker.listener.name", "BROKER");
    p.put("controller.listener.names", "CONTROLLER");
    // Voters stand in the configuration, not in the log, so the controller's port may change.
    p.put("controller.quorum.voters", "1@" + HOST + ":" + controllerPort);

    p.put("auto.create.topics.enable", "false");
    p.put("group.initial.rebalance.delay.ms", "0");
    p.put("offsets.topic.num.partitions", "4");
    p.put("offsets.topic.replication.factor", "1");
    p.put("transaction.state.log.num.partitions", "4");
    p.put("transaction.state.log.replication.factor", "1");
    p.put("transaction.state.log.min.isr", "1");
    p.put("share.coordinator.state.topic.num.partitions", "4");
    p.put("share.coordinator.state.topic.replication.factor", "1");
    p.put("share.coordinator.state.topic.min.isr", "1");

    // The default takes 128 MB for the cleaner alone.
    p.put("log.cleaner.dedupe.buffer.size", "2097152");
    // By default 100 KB, of which a segment of the loopback takes 64: more is dropped and repeated.
    p.put("socket.receive.buffer.bytes", "-1");
    p.put("socket.send.buffer.bytes", "-1");
    p.put("num.network.threads", "2");
    p.put("num.io.threads", "4");
    p.put("background.threads", "2");

    p.put("broker.heartbeat.interval.ms", options.quickFailover() ? "500" : "1000");
    p.put("broker.session.timeout.ms", options.quickFailover() ? "2000" : "6000");
    if (options.quickFailover()) {
      p.put("group.min.session.timeout.ms", "500");
      p.put("group.consumer.min.session.timeout.ms", "500");
      p.put("group.consumer.min.heartbeat.interval.ms", "100");
    }
    return p;
  }

  private static String address(String listener, int port) {
    return listener + "://" + HOST + ":" + port;
  }

  private static void quietLoggers() {
    for (Logger logger : CHATTY) {
      if (logger.getLevel() == null) {
        logger.setLevel(Level.WARNING);
      }
    }
  }

  /**
   * A broker as a process of its own: {@code KafkaNode <data directory> <port> [quick|steady
   * [<listener>:<port>:<advertised port> …]]}. SIGTERM stops it cleanly.
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    KafkaOptions options = KafkaOptions.in(Path.of(args[0])).onPort(Integer.parseInt(args[1]));
    if (args.length > 2 && args[2].equals("quick")) {
      options = options.withQuickFailover();
    }
    for (int i = 2; i < args.length; i++) {
      if (args[i].contains(":")) {
        options = options.withListener(KafkaOptions.Listener.parse(args[i]));
      }
    }
    try {
      KafkaNode node = start(options);
      Runtime.getRuntime().addShutdownHook(new Thread(node::close, "kafka-stop"));
      System.out.println("Kafka takes requests at " + node.bootstrapServers());
      node.server.awaitShutdown();
    } catch (StandaloneException e) {
      e.printStackTrace();
      // Half-started brokers keep non-daemon threads.
      Runtime.getRuntime().halt(1);
    }
  }
}
