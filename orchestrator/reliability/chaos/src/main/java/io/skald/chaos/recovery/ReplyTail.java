package io.skald.chaos.recovery;

import io.skald.chaos.nemesis.Marks;
import io.skald.chaos.stack.Host;
import io.skald.saga.message.WireHeaders;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Counts each participant's replies as they come, without those that the nemesis has copied. */
final class ReplyTail implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(500);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Map<String, Host> hosts = new HashMap<>();
  private final Map<Host, AtomicLong> counts = new EnumMap<>(Host.class);
  private final Thread thread = Thread.ofPlatform().name("replies").unstarted(this::run);
  private volatile boolean ended;

  ReplyTail(String bootstrapServers, Collection<Host> participants) {
    for (Host host : participants) {
      hosts.put(host.eventsTopic(), host);
      counts.put(host, new AtomicLong());
    }
    consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                false,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "latest"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        hosts.keySet().stream()
            .flatMap(topic -> consumer.partitionsFor(topic).stream())
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    thread.start();
  }

  Map<Host, Long> counts() {
    Map<Host, Long> now = new EnumMap<>(Host.class);
    counts.forEach((host, count) -> now.put(host, count.get()));
    return now;
  }

  @Override
  public void close() {
    ended = true;
    consumer.wakeup();
  }

  private void run() {
    try (consumer) {
      while (!ended) {
        poll();
      }
    } catch (InterruptException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void poll() {
    try {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        if (record.headers().lastHeader(WireHeaders.OUTCOME) != null && !Marks.isMarked(record)) {
          AtomicLong count = counts.get(hosts.get(record.topic()));
          if (count != null) {
            count.incrementAndGet();
          }
        }
      }
    } catch (InterruptException e) {
      throw e;
    } catch (KafkaException away) {
      // Ended, or Kafka is away: the loop looks which.
    }
  }
}
