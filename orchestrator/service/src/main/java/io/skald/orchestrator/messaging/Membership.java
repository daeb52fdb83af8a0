package io.skald.orchestrator.messaging;

import io.skald.orchestrator.lane.Lane;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jboss.logging.Logger;

/**
 * Says which shards are whose. The group of orchestrators shares out the partitions of the request
 * topic, and partition n means shard n; this consumer reads nothing. It has a thread of its own
 * that never waits for PostgreSQL, so a slow database costs nobody a rebalance.
 *
 * <p>The group may be wrong for a while about who owns what. That is no harm: PostgreSQL decides,
 * by the epoch of the shard's row.
 */
public final class Membership implements Runnable {

  private static final Logger LOG = Logger.getLogger(Membership.class);

  /** How long a lane may take to let go of a shard before its next owner may claim it anyway. */
  private static final Duration HANDOVER = Duration.ofSeconds(5);

  /** How long it may take to leave the group; after that the group learns of it by silence. */
  private static final Duration LEAVING = HANDOVER.plusSeconds(2);

  private static final Duration AFTER_FAILURE = Duration.ofMillis(200);

  /**
   * A member learns by its heartbeat's answer that shards are on the move; one that waits for a
   * shard that its former owner has let go must not learn it late.
   */
  private static final Duration HEARTBEAT = Duration.ofMillis(300);

  private final String requestTopic;
  private final List<Lane> lanes;
  private final Consumer<byte[], byte[]> consumer;
  private volatile boolean stopped;

  public Membership(
      Map<String, Object> common,
      String group,
      String node,
      Duration sessionTimeout,
      String requestTopic,
      List<Lane> lanes) {
    this.requestTopic = requestTopic;
    this.lanes = List.copyOf(lanes);
    Map<String, Object> configuration = new HashMap<>(common);
    configuration.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    configuration.put(ConsumerConfig.CLIENT_ID_CONFIG, node + "-membership");
    configuration.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    configuration.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    configuration.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    configuration.put(
        ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, Math.toIntExact(sessionTimeout.toMillis()));
    configuration.put(
        ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
        Math.toIntExact(Math.min(HEARTBEAT.toMillis(), sessionTimeout.toMillis() / 4)));
    configuration.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
        CooperativeStickyAssignor.class.getName());
    this.consumer =
        new KafkaConsumer<>(
            configuration, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  @Override
  public void run() {
    try {
      consumer.subscribe(List.of(requestTopic), new Handover());
      while (!stopped) {
        poll();
      }
    } finally {
      consumer.close(CloseOptions.timeout(LEAVING));
    }
  }

  /**
   * Lets the lanes hand over their shards, leaves the group and ends the thread. The lanes must
   * still run: others take the shards over while this process goes on with its own end.
   */
  public void stop() {
    stopped = true;
    consumer.wakeup();
  }

  private void poll() {
    try {
      consumer.poll(Duration.ofMillis(500));
    } catch (WakeupException stopping) {
      LOG.debug("Leaving the group of orchestrators");
    } catch (RuntimeException e) {
      // Whatever it is, a process without this thread would keep or miss shards unseen.
      LOG.warnf("Expected Kafka to say which shards are whose, but %s", e);
      LockSupport.parkNanos(AFTER_FAILURE.toNanos());
    }
  }

  private Lane laneOf(int shard) {
    return lanes.get(shard % lanes.size());
  }

  private final class Handover implements ConsumerRebalanceListener {

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      consumer.pause(consumer.assignment());
      if (!partitions.isEmpty()) {
        LOG.infof("The group gives this orchestrator shards %s", shards(partitions));
      }
      partitions.forEach(partition -> laneOf(partition.partition()).claim(partition.partition()));
    }

    /** Waits for the lanes, so that the next owner finds the watermark and takes over at once. */
    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      CountDownLatch released = release(partitions);
      try {
        if (!released.await(HANDOVER.toMillis(), TimeUnit.MILLISECONDS)) {
          LOG.warnf("Shards %s are handed over while their lanes are busy", shards(partitions));
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      LOG.warnf("The group has given away shards %s", shards(partitions));
      release(partitions);
    }

    private CountDownLatch release(Collection<TopicPartition> partitions) {
      CountDownLatch released = new CountDownLatch(partitions.size());
      for (TopicPartition partition : partitions) {
        laneOf(partition.partition()).release(partition.partition(), released::countDown);
      }
      return released;
    }

    private List<Integer> shards(Collection<TopicPartition> partitions) {
      return partitions.stream().map(TopicPartition::partition).sorted().toList();
    }
  }
}
