package io.skald.participant;

import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import io.smallrye.reactive.messaging.kafka.KafkaProducer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;

/** Sends through the outgoing channel {@value #CHANNEL}, whose batches bound what is on its way. */
@Singleton
final class ChannelRecordSender implements RecordSender {

  private static final String CHANNEL = "skald-replies";

  private final MutinyEmitter<ProducerRecord<String, byte[]>> emitter;
  private final KafkaClientService clients;
  private final Duration timeout;
  private final Map<String, Integer> partitions = new ConcurrentHashMap<>();

  @Inject
  ChannelRecordSender(
      @Channel(CHANNEL) @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER)
          MutinyEmitter<ProducerRecord<String, byte[]>> emitter,
      KafkaClientService clients,
      ParticipantConfig config) {
    this.emitter = emitter;
    this.clients = clients;
    this.timeout = config.publishTimeout();
  }

  @Override
  public void send(List<ProducerRecord<String, byte[]>> records) {
    CompletableFuture<?>[] acknowledged =
        records.stream()
            .map(record -> emitter.send(record).subscribeAsCompletionStage())
            .toArray(CompletableFuture<?>[]::new);
    await(CompletableFuture.allOf(acknowledged), "Kafka did not acknowledge all replies");
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
    KafkaProducer<String, byte[]> producer = clients.getProducer(CHANNEL);
    Function<Producer<String, byte[]>, Integer> count =
        client -> client.partitionsFor(topic).size();
    return await(
        producer.runOnSendingThread(count).subscribeAsCompletionStage(),
        "Could not look up the partitions of topic '" + topic + "'; is it there?");
  }

  private <T> T await(CompletableFuture<T> future, String trouble) {
    try {
      return future.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RetryBatchException(trouble, e);
    } catch (ExecutionException e) {
      throw new RetryBatchException(trouble + ": " + e.getCause(), e.getCause());
    } catch (TimeoutException e) {
      throw new RetryBatchException(trouble + " within " + timeout, e);
    }
  }
}
