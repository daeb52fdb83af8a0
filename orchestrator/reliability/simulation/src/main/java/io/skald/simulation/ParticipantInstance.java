package io.skald.simulation;

import io.skald.orchestrator.lane.FakeBroker.Stored;
import io.skald.orchestrator.lane.InputPartition;
import io.skald.orchestrator.lane.MessageSink;
import io.skald.orchestrator.lane.OutgoingMessage;
import io.skald.participant.CommandPipeline;
import io.skald.participant.RecordSender;
import io.skald.participant.RetryBatchException;
import io.skald.participant.Transactions;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** One process of a participant: its consumer, its connection, and the production pipeline. */
final class ParticipantInstance {

  private final World world;
  private final ParticipantGroup group;
  private final Producer producer;
  private final CommandPipeline pipeline;
  private final Map<InputPartition, Long> positions = new LinkedHashMap<>();
  private final Consumer<InputPartition> onArrival = this::arrived;
  private Optional<Unanswered> unanswered = Optional.empty();
  private boolean dead;
  private boolean busy;
  private long suspendedUntil;
  private long nextPoll = Long.MAX_VALUE;
  private long plan;

  ParticipantInstance(World world, ParticipantGroup group) {
    this.world = world;
    this.group = group;
    this.producer = new Producer(world, Runnable::run);
    this.pipeline =
        new CommandPipeline(
            new CommandPipeline.Ports(
                world.mechanisms().fence(group.store(), group),
                new Connection(),
                () -> world.mechanisms().sender(new Sender()),
                new NoPatience(),
                new Unheard()),
            List.of(),
            World.CODEC,
            256 * 1024,
            Clock.fixed(Timeline.START, ZoneOffset.UTC),
            world::nextReplyId);
    world.network().onArrival(onArrival);
  }

  // --- what happens to it

  boolean isUp() {
    return !dead && suspendedUntil <= world.timeline().now();
  }

  boolean isDead() {
    return dead;
  }

  boolean isQuiet() {
    return dead
        || producer.isIdle()
            && positions.entrySet().stream()
                .allMatch(p -> p.getValue() >= world.network().broker().log(p.getKey()).size());
  }

  void kill() {
    if (dead) {
      return;
    }
    dead = true;
    if (!busy) {
      bury();
    }
  }

  private void bury() {
    producer.die();
    world.network().forget(onArrival);
    group.died(this);
  }

  void give(InputPartition partition, long position) {
    positions.put(partition, position);
    wake(0);
  }

  void take(InputPartition partition) {
    positions.remove(partition);
  }

  /** Reads again what it has read before, from here on. */
  void rewind(InputPartition partition, long position) {
    if (positions.containsKey(partition)) {
      positions.put(partition, position);
      wake(0);
    }
  }

  private void mustLive() {
    if (dead) {
      throw new Crash(group + " is dead");
    }
  }

  private void mayCrash(Fault fault) {
    mustLive();
    if (world.faults().strikes(fault)) {
      dead = true;
      throw new Crash(group + ": " + fault);
    }
  }

  private void maySuspend() {
    if (world.canStandStill() && world.faults().strikes(Fault.PARTICIPANT_SUSPENDED)) {
      long micros =
          world
              .faults()
              .chance(Fault.PARTICIPANT_SUSPENDED)
              .spread(Duration.ofMillis(500), Duration.ofSeconds(60));
      suspendedUntil = world.timeline().now() + micros;
      group.suspended(this, micros);
      world.standStill(micros);
      mustLive();
    }
  }

  // --- its polls

  private void arrived(InputPartition at) {
    if (positions.containsKey(at)) {
      wake(group.delay());
    }
  }

  private void wake(long micros) {
    long at = Math.max(world.timeline().now() + micros, suspendedUntil);
    if (dead || at >= nextPoll) {
      return;
    }
    nextPoll = at;
    long mine = ++plan;
    world
        .timeline()
        .at(
            at,
            () -> {
              if (plan == mine) {
                nextPoll = Long.MAX_VALUE;
                poll();
              }
            });
  }

  private void poll() {
    if (dead || busy || unanswered.isPresent()) {
      return;
    }
    if (suspendedUntil > world.timeline().now()) {
      wake(0);
      return;
    }
    Map<InputPartition, Long> next = new LinkedHashMap<>(positions);
    List<ConsumerRecord<String, byte[]>> records = fetch(next);
    if (records.isEmpty()) {
      return;
    }
    busy = true;
    group.mail().opens(records);
    try {
      Unanswered batch = new Unanswered(next);
      unanswered = Optional.of(batch);
      pipeline.handle(group.service(), group.toString(), records);
      mayCrash(Fault.PARTICIPANT_CRASH_AFTER_REPLY);
      batch.handed();
    } catch (RetryBatchException again) {
      // As a process that lost patience: it reads the batch again.
      unanswered = Optional.empty();
      wake(world.latency().spread(Duration.ofMillis(50), Duration.ofSeconds(1)));
    } catch (Crash crash) {
      // It is buried below.
      dead = true;
    } finally {
      busy = false;
      if (dead) {
        bury();
      }
    }
  }

  /**
   * A batch whose replies are on their way. The production sender waits for Kafka's
   * acknowledgements before the offsets move; here the process does nothing else meanwhile.
   */
  private final class Unanswered {

    private final Map<InputPartition, Long> before = new LinkedHashMap<>(positions);
    private final Map<InputPartition, Long> next;
    private int missing = 1; // the pipeline's own return
    private boolean failed;

    Unanswered(Map<InputPartition, Long> next) {
      this.next = next;
    }

    void handed() {
      one();
    }

    MessageSink.Receipt sent(OutgoingMessage reply) {
      if (!world.mechanisms().awaitsReplies()) {
        return new Unheard();
      }
      missing++;
      return new MessageSink.Receipt() {
        @Override
        public void acknowledged() {
          world.network().sent(reply);
          one();
        }

        @Override
        public void failed(Exception cause) {
          failed = true;
          one();
        }
      };
    }

    private void one() {
      missing--;
      if (missing == 0 && unanswered.filter(this::equals).isPresent()) {
        if (suspendedUntil > world.timeline().now()) {
          world.timeline().at(suspendedUntil, this::end);
        } else {
          end();
        }
      }
    }

    private void end() {
      if (dead) {
        return;
      }
      unanswered = Optional.empty();
      if (failed) {
        wake(world.latency().spread(Duration.ofMillis(50), Duration.ofSeconds(1)));
        return;
      }
      next.forEach(this::handled);
      wake(group.delay());
    }

    /** Unless it has been set elsewhere, or the partition was taken away. */
    private void handled(InputPartition partition, long position) {
      if (positions.containsKey(partition)
          && positions.get(partition).equals(before.get(partition))) {
        positions.put(partition, position);
        group.commit(partition, position);
      }
    }
  }

  private List<ConsumerRecord<String, byte[]>> fetch(Map<InputPartition, Long> next) {
    List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
    if (world.network().isAway()) {
      world.network().whenBack(() -> wake(group.delay()));
      return records;
    }
    int most = group.batchSize();
    for (Map.Entry<InputPartition, Long> partition : next.entrySet()) {
      List<Stored> log = world.network().broker().log(partition.getKey());
      long position = partition.getValue() > log.size() ? 0 : partition.getValue();
      while (records.size() < most && position < log.size()) {
        records.add(KafkaRecords.consumed(log.get(Math.toIntExact(position))));
        position++;
      }
      partition.setValue(position);
    }
    return records;
  }

  /** Its database, with all that can happen around a commit. */
  private final class Connection implements Transactions {

    @Override
    public <T> T inNew(Supplier<T> work) {
      mustLive();
      return group.store().inNew(work, this::beforeCommit, this::afterCommit);
    }

    private void beforeCommit() {
      mayCrash(Fault.PARTICIPANT_CRASH_BEFORE_COMMIT);
      maySuspend();
      if (world.faults().strikes(Fault.PARTICIPANT_COMMIT_REFUSED)) {
        throw broken();
      }
    }

    private void afterCommit() {
      mayCrash(Fault.PARTICIPANT_CRASH_AFTER_COMMIT);
      if (world.faults().strikes(Fault.PARTICIPANT_COMMIT_UNKNOWN)) {
        throw broken();
      }
    }

    private static IllegalStateException broken() {
      return new IllegalStateException(new SQLException("The connection broke", "08006"));
    }
  }

  /** Its producer; {@link Unanswered} waits for what it has sent. */
  private final class Sender implements RecordSender {

    @Override
    public void send(List<ProducerRecord<String, byte[]>> records) {
      mustLive();
      if (world.network().isAway()) {
        throw new RetryBatchException("Kafka is away", null);
      }
      for (ProducerRecord<String, byte[]> record : records) {
        OutgoingMessage message = KafkaRecords.outgoing(record);
        producer.send(message, unanswered.orElseThrow().sent(message));
      }
    }

    @Override
    public int partitions(String topic) {
      return world.network().broker().partitionsOf(topic);
    }

    @Override
    public void refresh(String topic) {}
  }
}
