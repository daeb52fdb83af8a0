package io.skald.orchestrator;

import io.micrometer.core.instrument.MeterRegistry;
import io.skald.machine.SagaMachine;
import io.skald.orchestrator.config.SkaldConfig;
import io.skald.orchestrator.journal.AnswersInJournal;
import io.skald.orchestrator.journal.DefinitionRegistry;
import io.skald.orchestrator.journal.Housekeeping;
import io.skald.orchestrator.journal.PostgresJournal;
import io.skald.orchestrator.lane.Definitions;
import io.skald.orchestrator.lane.Lane;
import io.skald.orchestrator.lane.LaneContext;
import io.skald.orchestrator.lane.LaneSettings;
import io.skald.orchestrator.lane.SagaRequests;
import io.skald.orchestrator.lane.ShardMap;
import io.skald.orchestrator.messaging.Gathering;
import io.skald.orchestrator.messaging.KafkaSink;
import io.skald.orchestrator.messaging.KafkaSource;
import io.skald.orchestrator.messaging.Membership;
import io.skald.orchestrator.messaging.RequestSender;
import io.skald.orchestrator.messaging.Topics;
import io.skald.orchestrator.messaging.Waiting;
import io.skald.orchestrator.messaging.WireReader;
import io.skald.orchestrator.messaging.WireWriter;
import io.skald.saga.message.PayloadCodec;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * The engine of this process: checks what it finds, starts the lanes, joins the group, and on the
 * way out lets everything go in order. Correctness does not depend on that order; speed of the
 * handover does.
 */
@ApplicationScoped
public class Orchestrator {

  private static final Logger LOG = Logger.getLogger(Orchestrator.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final SkaldConfig config;
  private final Definitions definitions;
  private final DataSource dataSource;
  private final Map<String, Object> kafka;
  private final PayloadCodec codec;
  private final Waiting waiting = new Waiting();
  private final LaneObserver observer;
  private final ShardMap shards;
  private final WireWriter writer;
  private final RequestSender requests;
  private final String node;
  private final List<LaneRunner> runners = new ArrayList<>();
  private final List<KafkaSource> sources = new CopyOnWriteArrayList<>();
  private Optional<Membership> membership = Optional.empty();
  private Optional<Thread> membershipThread = Optional.empty();

  public Orchestrator(
      SkaldConfig config,
      Definitions definitions,
      DataSource dataSource,
      @Identifier("default-kafka-broker") Map<String, Object> kafka,
      PayloadCodec codec,
      MeterRegistry metrics) {
    this.config = config;
    this.definitions = definitions;
    this.dataSource = dataSource;
    this.kafka = KafkaClients.withoutQuarkusOnlyKeys(kafka);
    this.codec = codec;
    this.observer = new LaneObserver(waiting, metrics);
    metrics.gauge(
        "skald.input.lag", sources, all -> all.stream().mapToLong(KafkaSource::lag).sum());
    this.shards = new ShardMap(config.shards().count());
    this.writer = new WireWriter(config.topics().requests(), config.topics().events());
    this.node =
        config.group().node().orElseGet(() -> ManagementFactory.getRuntimeMXBean().getName());
    this.requests =
        new RequestSender(
            writer,
            new KafkaSink(this.kafka, config.requests().timeout()),
            shards,
            this::runs,
            waiting,
            new AnswersInJournal(dataSource),
            config.requests().timeout(),
            config.requests().maxInFlight());
  }

  @Produces
  @Singleton
  SagaRequests sagaRequests() {
    return requests;
  }

  /**
   * Checks what it finds and starts the lanes.
   *
   * @throws IllegalStateException when something must be mended first; says all of it at once
   */
  void start() {
    DefinitionRegistry registry = new DefinitionRegistry(dataSource);
    Housekeeping housekeeping = new Housekeeping(dataSource);
    Topics topics = new Topics(kafka, config, definitions);
    List<String> faults = new ArrayList<>(definitions.faults());
    faults.addAll(registry.faults(definitions.all()));
    housekeeping.shardFault(shards.count()).ifPresent(faults::add);
    Topics.Prepared prepared = faults.isEmpty() ? topics.prepare() : topics.inspect();
    faults.addAll(prepared.faults());
    if (!faults.isEmpty()) {
      throw new IllegalStateException(Boot.refusal(faults));
    }
    housekeeping.prepareShards(shards.count());
    housekeeping.makePartitions();
    registry.register(definitions.all());
    startLanes(prepared.inputs());
    requests.open();
    LOG.infof("Skald runs %s on %d shards as node %s", definitions.all(), shards.count(), node);
  }

  void stop() throws InterruptedException {
    requests.close();
    membership.ifPresent(Membership::stop);
    if (membershipThread.isPresent()) {
      membershipThread.get().join(PATIENCE);
    }
    runners.forEach(LaneRunner::stop);
    for (LaneRunner runner : runners) {
      runner.join(config.lanes().drainTimeout());
    }
  }

  /** The lanes of this process; empty before it has started. */
  public List<Lane> lanes() {
    return runners.stream().map(LaneRunner::lane).toList();
  }

  /** Whether every lane has its thread, comes round, and has what it needs. */
  public boolean isWell() {
    InstantSource clock = InstantSource.system();
    return !runners.isEmpty()
        && runners.stream()
            .allMatch(
                runner ->
                    runner.isAlive()
                        && runner.lane().isWell()
                        && runner
                            .lane()
                            .lastTurn()
                            .isAfter(clock.instant().minus(PATIENCE.multipliedBy(3))));
  }

  private boolean runs(int shard) {
    return runners.stream().anyMatch(runner -> runner.lane().shards().contains(shard));
  }

  private void startLanes(Map<String, Integer> inputs) {
    LaneContext context =
        new LaneContext(
            new LaneSettings(
                node,
                config.lanes().maxBatchRecords(),
                config.lanes().maxUnacknowledged(),
                config.lanes().cachedSagas(),
                config.lanes().timerHorizon(),
                config.lanes().latePublication(),
                PATIENCE),
            shards,
            definitions,
            new SagaMachine(codec),
            new PostgresJournal(dataSource),
            new WireReader(definitions, codec, config.topics().requests()),
            writer,
            observer,
            InstantSource.system(),
            new SharedRandom());
    for (int i = 0; i < config.lanes().count(); i++) {
      KafkaSource source =
          new KafkaSource(
              kafka,
              shards,
              inputs,
              config.lanes().maxBatchRecords(),
              new Gathering(config.lanes().gatherTime()));
      sources.add(source);
      runners.add(
          new LaneRunner(new Lane("lane-" + i, context, source, new KafkaSink(kafka, null))));
    }
    runners.forEach(LaneRunner::start);
    Membership member =
        new Membership(
            kafka,
            config.group().id(),
            node,
            config.group().sessionTimeout(),
            config.topics().requests(),
            lanes());
    membership = Optional.of(member);
    membershipThread = Optional.of(Thread.ofPlatform().name("skald-membership").start(member));
  }

  /** Chance for all lanes. */
  private static final class SharedRandom implements RandomGenerator {

    @Override
    public long nextLong() {
      return ThreadLocalRandom.current().nextLong();
    }
  }
}
