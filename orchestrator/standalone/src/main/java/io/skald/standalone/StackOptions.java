package io.skald.standalone;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a {@link Stack} runs and where.
 *
 * @param stateDir holds all data, logs and pid files; one stack at a time
 * @param orchestrator the program of orchestrators
 * @param shop the program of the shop's participants
 * @param ports which to take; 0 takes a free one
 * @param orchestratorEnvironment on top of the addresses that the stack sets
 * @param shopEnvironment on top of the addresses that the stack sets
 * @param quickFailover short Kafka sessions, see {@link KafkaOptions#quickFailover}
 * @param kafkaListeners more ways to the broker, for clients with a proxy between
 * @param startTimeout how long each process may take until it is healthy
 * @param progress told about each step
 */
public record StackOptions(
    Path stateDir,
    Program orchestrator,
    Program shop,
    Ports ports,
    Map<String, String> orchestratorEnvironment,
    Map<String, String> shopEnvironment,
    boolean quickFailover,
    List<KafkaOptions.Listener> kafkaListeners,
    Duration startTimeout,
    Progress progress) {

  /** Ports on 127.0.0.1; 0 takes a free one. */
  public record Ports(int orchestrator, int shop, int kafka, int postgres) {
    /** Free ones for all. */
    public static final Ports FREE = new Ports(0, 0, 0, 0);

    /** What the documentation says. */
    public static final Ports DOCUMENTED = new Ports(8080, 8081, 19092, 15432);
  }

  public StackOptions {
    stateDir = stateDir.toAbsolutePath().normalize();
    orchestratorEnvironment = Map.copyOf(orchestratorEnvironment);
    shopEnvironment = Map.copyOf(shopEnvironment);
    kafkaListeners = List.copyOf(kafkaListeners);
    Objects.requireNonNull(orchestrator, "orchestrator");
    Objects.requireNonNull(shop, "shop");
    Objects.requireNonNull(ports, "ports");
    Objects.requireNonNull(startTimeout, "startTimeout");
    Objects.requireNonNull(progress, "progress");
  }

  /**
   * The shop on JVMs and free ports, quiet.
   *
   * @param home a checkout of Skald as Maven has built it, or a distribution's archive, unpacked
   */
  public static StackOptions of(Path stateDir, Path home) {
    return of(stateDir, home, Packaging.JVM);
  }

  /** The same, in that form. */
  public static StackOptions of(Path stateDir, Path home, Packaging packaging) {
    return new StackOptions(
        stateDir,
        program(home, "orchestrator", "participants/shop/orchestrator", packaging),
        program(home, "shop", "participants/shop/services", packaging),
        Ports.FREE,
        Map.of(),
        Map.of(),
        false,
        List.of(),
        Duration.ofMinutes(2),
        Progress.quiet());
  }

  private static Program program(Path home, String inArchive, String module, Packaging packaging) {
    Path distributed = home.resolve(inArchive);
    return Files.exists(distributed.resolve("quarkus-run.jar"))
        ? Program.in(distributed, distributed, packaging)
        : Program.of(home.resolve(module), packaging);
  }

  public StackOptions on(Ports newPorts) {
    return new StackOptions(
        stateDir,
        orchestrator,
        shop,
        newPorts,
        orchestratorEnvironment,
        shopEnvironment,
        quickFailover,
        kafkaListeners,
        startTimeout,
        progress);
  }

  public StackOptions withOrchestratorEnvironment(Map<String, String> environment) {
    return new StackOptions(
        stateDir,
        orchestrator,
        shop,
        ports,
        environment,
        shopEnvironment,
        quickFailover,
        kafkaListeners,
        startTimeout,
        progress);
  }

  public StackOptions withShopEnvironment(Map<String, String> environment) {
    return new StackOptions(
        stateDir,
        orchestrator,
        shop,
        ports,
        orchestratorEnvironment,
        environment,
        quickFailover,
        kafkaListeners,
        startTimeout,
        progress);
  }

  public StackOptions withPrograms(Program newOrchestrator, Program newShop) {
    return new StackOptions(
        stateDir,
        newOrchestrator,
        newShop,
        ports,
        orchestratorEnvironment,
        shopEnvironment,
        quickFailover,
        kafkaListeners,
        startTimeout,
        progress);
  }

  public StackOptions withQuickFailover() {
    return new StackOptions(
        stateDir,
        orchestrator,
        shop,
        ports,
        orchestratorEnvironment,
        shopEnvironment,
        true,
        kafkaListeners,
        startTimeout,
        progress);
  }

  public StackOptions withKafkaListeners(List<KafkaOptions.Listener> listeners) {
    return new StackOptions(
        stateDir,
        orchestrator,
        shop,
        ports,
        orchestratorEnvironment,
        shopEnvironment,
        quickFailover,
        listeners,
        startTimeout,
        progress);
  }

  public StackOptions telling(Progress listener) {
    return new StackOptions(
        stateDir,
        orchestrator,
        shop,
        ports,
        orchestratorEnvironment,
        shopEnvironment,
        quickFailover,
        kafkaListeners,
        startTimeout,
        listener);
  }
}
