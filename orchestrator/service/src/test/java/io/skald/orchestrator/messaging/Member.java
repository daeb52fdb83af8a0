package io.skald.orchestrator.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.skald.machine.SagaMachine;
import io.skald.machine.Verdict;
import io.skald.orchestrator.journal.Database;
import io.skald.orchestrator.journal.PostgresJournal;
import io.skald.orchestrator.lane.Answer;
import io.skald.orchestrator.lane.Answers;
import io.skald.orchestrator.lane.Definitions;
import io.skald.orchestrator.lane.Lane;
import io.skald.orchestrator.lane.LaneContext;
import io.skald.orchestrator.lane.LaneListener;
import io.skald.orchestrator.lane.LaneSettings;
import io.skald.orchestrator.lane.ShardMap;
import io.skald.saga.SagaDefinition;
import io.skald.saga.message.SagaId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/** An orchestrator of one lane, without Quarkus, on a real Kafka and a real PostgreSQL. */
final class Member {

  private static final Duration LONG = Duration.ofSeconds(20);

  private final Lane lane;
  private final Membership membership;
  private final Thread laneThread;
  private final Thread membershipThread;
  private volatile boolean stopped;

  /**
   * What members share.
   *
   * @param name how their topics of requests and lifecycle events begin
   * @param common how to reach Kafka
   */
  record Group(String name, Map<String, Object> common, Database database, ShardMap shards) {

    String requests() {
      return name + "-requests";
    }

    WireWriter writer() {
      return new WireWriter(requests(), name + "-lifecycle");
    }
  }

  /**
   * @param topics those that it reads, with their partitions
   */
  Member(String name, Group group, List<SagaDefinition<?>> deployed, Map<String, Integer> topics) {
    Definitions definitions = new Definitions(deployed);
    LaneContext context =
        new LaneContext(
            new LaneSettings(
                name,
                100,
                1_000,
                1_000,
                Duration.ofSeconds(10),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5)),
            group.shards(),
            definitions,
            new SagaMachine(Records.CODEC),
            new PostgresJournal(group.database().dataSource()),
            new WireReader(definitions, Records.CODEC, group.requests()),
            group.writer(),
            new Silence(),
            InstantSource.system(),
            RandomGenerator.getDefault());
    Gathering gathering = new Gathering(Duration.ofMillis(2));
    lane =
        new Lane(
            name,
            context,
            new KafkaSource(group.common(), group.shards(), topics, 100, gathering),
            new KafkaSink(group.common(), null));
    membership =
        new Membership(
            group.common(),
            group.name(),
            name,
            Duration.ofSeconds(2),
            group.requests(),
            List.of(lane));
    laneThread = Thread.ofPlatform().name(name).start(this::run);
    membershipThread = Thread.ofPlatform().name(name + "-membership").start(membership);
  }

  Lane lane() {
    return lane;
  }

  /** Whether its lane has its thread. */
  boolean isAlive() {
    return laneThread.isAlive();
  }

  private void run() {
    while (!stopped) {
      Duration pause = lane.turn();
      if (pause.isPositive()) {
        LockSupport.parkNanos(pause.toNanos());
      }
    }
    lane.close();
  }

  /** In the order in which an orchestrator stops. */
  void stop() throws InterruptedException {
    leave();
    end();
  }

  void leave() throws InterruptedException {
    membership.stop();
    membershipThread.join(LONG);
    assertThat(membershipThread.isAlive()).isFalse();
  }

  void end() throws InterruptedException {
    stopped = true;
    laneThread.join(LONG);
  }

  /** Starts sagas of a group, and does not wait for anybody. */
  static RequestSender requests(Group group) {
    RequestSender sender =
        new RequestSender(
            group.writer(),
            new KafkaSink(group.common(), LONG),
            group.shards(),
            shard -> false,
            new Waiting(),
            new AppliedAtOnce(),
            LONG,
            10);
    sender.open();
    return sender;
  }

  private static final class AppliedAtOnce implements Answers {
    @Override
    public Optional<Verdict> verdictOn(SagaId saga, String cause) {
      return Optional.of(new Verdict.Applied());
    }

    @Override
    public Optional<Verdict> exclusionOf(String definition, String key, String cause) {
      return Optional.empty();
    }

    @Override
    public boolean hasEnded(SagaId saga) {
      return false;
    }
  }

  /** Hears nothing. */
  private static final class Silence implements LaneListener {
    @Override
    public void decided(SagaId saga, String cause, Answer answer) {}

    @Override
    public void ended(SagaId saga) {}

    @Override
    public void committed(int inputs, int transitions, Duration took) {}

    @Override
    public void deadLettered(String topic, String because) {}

    @Override
    public void forwarded(String topic) {}

    @Override
    public void recovering(String because) {}

    @Override
    public void staleTimer() {}

    @Override
    public void notForUs(String topic) {}
  }
}
