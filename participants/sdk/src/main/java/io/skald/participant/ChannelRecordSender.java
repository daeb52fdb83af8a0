package io.skald.participant;

import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import io.smallrye.reactive.messaging.kafka.KafkaProducer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.eclipse.microprofile.reactive.messaging.Channel;

/**
 * Sends by the producer of the outgoing channel {@value #CHANNEL}, straight from the thread that
 * ran the batch: a channel makes a message, a context and a retry of each record.
 */
@Singleton
final class ChannelRecordSender implements RecordSender {

  private static final String CHANNEL = "skald-replies";

  private final KafkaClientService clients;
  private final Duration timeout;
  private final Map<String, Integer> partitions = new ConcurrentHashMap<>();

  /**
   * @param channel makes the channel exist, with its settings, health and metrics
   */
  @Inject
  ChannelRecordSender(
      @Channel(CHANNEL) MutinyEmitter<ProducerRecord<String, byte[]>> channel,
      KafkaClientService clients,
      ParticipantConfig config) {
    this.clients = clients;
    this.timeout = config.publishTimeout();
  }

  @Override
  public void send(List<ProducerRecord<String, byte[]>> records) {
    String trouble = "Kafka did not acknowledge all replies";
    long start = System.nanoTime();
    List<Future<?>> sent = new ArrayList<>(records.size());
    try {
      Producer<String, byte[]> producer = channel().unwrap();
      for (ProducerRecord<String, byte[]> record : records) {
        Future<?> future = producer.send(record);
        if (future.isDone()) {
          // Refused at once, as when there is no such topic; each further one would wait as long.
          await(future, timeout, trouble);
        }
        sent.add(future);
      }
    } catch (KafkaException | IllegalStateException e) {
      throw new RetryBatchException(trouble + ": " + e, e);
    }
    for (Future<?> future : sent) {
      await(future, timeout.minusNanos(System.nanoTime() - start), trouble);
    }
  }

  @Override
  public int partitions(String topic) {
    return partitions.computeIfAbsent(topic, this::lookUp);
  }

  /** Forgets what it knows of a topic, which may have grown. */
  @Override
  public void refresh(String topic) {
    partitions.remove(topic);
  }

  private int lookUp(String topic) {
    Function<Producer<String, byte[]>, Integer> count =
        client -> client.partitionsFor(topic).size();
    Uni<Integer> counted = channel().runOnSendingThread(count);
    return await(
        counted.subscribeAsCompletionStage(),
        timeout,
        "Could not look up the partitions of topic '" + topic + "'; is it there?");
  }

  private KafkaProducer<String, byte[]> channel() {
    return clients.getProducer(CHANNEL);
  }

  private static <T> T await(Future<T> future, Duration timeout, String trouble) {
    try {
      return future.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RetryBatchException(trouble, e);
    } catch (ExecutionException e) {
      throw new RetryBatchException(trouble + ": " + e.getCause(), e.getCause());
    } catch (TimeoutException e) {
      throw new RetryBatchException(trouble + " in time", e);
    }
  }
}
