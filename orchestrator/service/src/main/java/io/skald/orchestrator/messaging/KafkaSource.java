package io.skald.orchestrator.messaging;

import io.skald.orchestrator.lane.Envelope;
import io.skald.orchestrator.lane.InputPartition;
import io.skald.orchestrator.lane.InputSource;
import io.skald.orchestrator.lane.MessageHeaders;
import io.skald.orchestrator.lane.ShardMap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * A lane's own consumer. It is in no group: the {@link Membership} says which shards are whose, and
 * the offsets are in the shard rows. So it never rebalances, and it may stand still for as long as
 * PostgreSQL needs.
 */
public final class KafkaSource implements InputSource {

  private static final Duration PATIENCE = Duration.ofSeconds(3);

  /** How long a fetch may take that has something to bring. */
  private static final Duration FETCH = Duration.ofMillis(1);

  private final ShardMap shards;
  private final Map<String, Integer> partitionCounts;
  private final Consumer<String, byte[]> consumer;

  /**
   * Asks for ends on a connection of its own. On the reading one the question would stand behind a
   * fetch that the broker holds back until there is something to fetch: half a second.
   */
  private final Consumer<String, byte[]> asking;

  private final int maxRecords;
  private final Gathering gathering;
  private boolean hasPartitions;

  /**
   * @param partitionCounts how many partitions each input topic has
   * @param maxRecords how many a read brings at most; three reads make a batch when input gathers
   * @param gathering when input is given a moment to gather
   */
  public KafkaSource(
      Map<String, Object> common,
      ShardMap shards,
      Map<String, Integer> partitionCounts,
      int maxRecords,
      Gathering gathering) {
    this.shards = shards;
    this.partitionCounts = Map.copyOf(partitionCounts);
    this.maxRecords = maxRecords;
    this.gathering = gathering;
    Map<String, Object> configuration = new HashMap<>(common);
    configuration.remove(ConsumerConfig.GROUP_ID_CONFIG);
    configuration.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    configuration.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    configuration.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    configuration.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    configuration.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, maxRecords);
    configuration.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 16 * 1024 * 1024);
    this.consumer =
        new KafkaConsumer<>(configuration, new StringDeserializer(), new ByteArrayDeserializer());
    this.asking =
        new KafkaConsumer<>(configuration, new StringDeserializer(), new ByteArrayDeserializer());
  }

  @Override
  public void assign(
      Collection<Integer> owned,
      Collection<Integer> newShards,
      Map<InputPartition, Long> positions) {
    Set<TopicPartition> all = new HashSet<>();
    partitionCounts.forEach(
        (topic, count) -> {
          for (int partition = 0; partition < count; partition++) {
            if (owned.contains(shards.ofPartition(partition))) {
              all.add(new TopicPartition(topic, partition));
            }
          }
        });
    consumer.assign(all);
    hasPartitions = !all.isEmpty();
    for (TopicPartition partition : all) {
      if (newShards.contains(shards.ofPartition(partition.partition()))) {
        Long offset = positions.get(new InputPartition(partition.topic(), partition.partition()));
        if (offset == null) {
          consumer.seekToBeginning(List.of(partition));
        } else {
          consumer.seek(partition, offset);
        }
      }
    }
  }

  @Override
  public List<Envelope> poll(Duration atMost) {
    if (!hasPartitions) {
      return List.of();
    }
    List<Envelope> records = new ArrayList<>();
    try {
      read(atMost, records);
      if (gathering.pays(records.size())) {
        LockSupport.parkNanos(gathering.pause().toNanos());
        // What was fetched beside the first records is as old as they are; the second is not.
        read(Duration.ZERO, records);
        if (records.size() < maxRecords) {
          read(FETCH, records);
        }
      }
    } catch (WakeupException wokenUp) {
      return records;
    } catch (KafkaException e) {
      if (records.isEmpty()) {
        throw new SourceException("Expected Kafka to give records", e);
      }
    }
    return records;
  }

  private void read(Duration atMost, List<Envelope> into) {
    for (ConsumerRecord<String, byte[]> record : consumer.poll(atMost)) {
      into.add(envelope(record));
    }
  }

  @Override
  public Map<InputPartition, Long> ends(Collection<Integer> owned) {
    Set<TopicPartition> partitions = new HashSet<>(consumer.assignment());
    partitions.removeIf(partition -> !owned.contains(shards.ofPartition(partition.partition())));
    try {
      Map<InputPartition, Long> ends = new HashMap<>();
      asking
          .endOffsets(partitions, PATIENCE)
          .forEach(
              (partition, end) ->
                  ends.put(new InputPartition(partition.topic(), partition.partition()), end));
      return ends;
    } catch (KafkaException e) {
      throw new SourceException("Expected Kafka to say how far its topics reach", e);
    }
  }

  @Override
  public boolean hasReached(Map<InputPartition, Long> ends) {
    try {
      for (TopicPartition partition : consumer.assignment()) {
        Long end = ends.get(new InputPartition(partition.topic(), partition.partition()));
        if (end != null && consumer.position(partition, PATIENCE) < end) {
          return false;
        }
      }
      return true;
    } catch (KafkaException wokenUpOrAway) {
      return false;
    }
  }

  /**
   * How many records of its partitions are still to be read, as of the last ones that were. May be
   * called from any thread.
   */
  public long lag() {
    return consumer.metrics().entrySet().stream()
        .filter(metric -> metric.getKey().name().equals("records-lag"))
        .mapToLong(
            metric -> metric.getValue().metricValue() instanceof Double lag ? lag.longValue() : 0)
        .sum();
  }

  @Override
  public void wakeUp() {
    consumer.wakeup();
  }

  @Override
  public void close() {
    asking.close();
    consumer.close();
  }

  private static Envelope envelope(ConsumerRecord<String, byte[]> record) {
    MessageHeaders.Builder headers = new MessageHeaders.Builder(24);
    for (Header header : record.headers()) {
      if (header.value() != null) {
        headers.add(header.key(), header.value());
      }
    }
    byte[] value = record.value() == null ? new byte[0] : record.value();
    return new Envelope(
        new InputPartition(record.topic(), record.partition()),
        record.offset(),
        Optional.ofNullable(record.key()),
        headers.build(),
        value);
  }
}
