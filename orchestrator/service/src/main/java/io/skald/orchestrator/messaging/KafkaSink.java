package io.skald.orchestrator.messaging;

import io.skald.orchestrator.lane.MessageSink;
import io.skald.orchestrator.lane.OutgoingMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * A lane's own producer: idempotent, acknowledged by all replicas, so that records of one key keep
 * their order. It does not give messages up by itself: while Kafka is away they wait.
 */
public final class KafkaSink implements MessageSink {

  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

  private static final int REQUEST_TIMEOUT = 10_000;

  private final Map<String, Object> configuration;
  private Producer<String, byte[]> producer;
  private boolean used;

  /**
   * @param giveUpAfter how long a message may wait for Kafka; null for as long as it takes
   */
  public KafkaSink(Map<String, Object> common, @Nullable Duration giveUpAfter) {
    configuration = new HashMap<>(common);
    configuration.put(ProducerConfig.ACKS_CONFIG, "all");
    configuration.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    // With more, a new producer whose first batch is turned away while its second is taken (a topic
    // just made, a leader just elected) sends the first for ever: OutOfOrderSequenceException.
    configuration.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
    configuration.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    configuration.put(ProducerConfig.BATCH_SIZE_CONFIG, 128 * 1024);
    configuration.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 64L * 1024 * 1024);
    configuration.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT);
    configuration.put(
        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
        giveUpAfter == null
            ? Integer.MAX_VALUE
            : Math.max(REQUEST_TIMEOUT, Math.toIntExact(giveUpAfter.toMillis())));
    configuration.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000);
    producer = open();
  }

  private Producer<String, byte[]> open() {
    return new KafkaProducer<>(configuration, new StringSerializer(), new ByteArraySerializer());
  }

  @Override
  public void send(OutgoingMessage message, Receipt receipt) {
    used = true;
    try {
      producer.send(
          record(message),
          (metadata, failure) -> {
            if (failure == null) {
              receipt.acknowledged();
            } else {
              receipt.failed(failure);
            }
          });
    } catch (KafkaException | IllegalStateException failure) {
      receipt.failed(failure);
    }
  }

  @Override
  public void sendAndWait(List<OutgoingMessage> messages, Duration atMost) {
    List<CompletableFuture<Void>> receipts = new ArrayList<>(messages.size());
    for (OutgoingMessage message : messages) {
      CompletableFuture<Void> receipt = new CompletableFuture<>();
      receipts.add(receipt);
      send(
          message,
          new Receipt() {
            @Override
            public void acknowledged() {
              receipt.complete(null);
            }

            @Override
            public void failed(Exception cause) {
              receipt.completeExceptionally(cause);
            }
          });
    }
    try {
      CompletableFuture.allOf(receipts.toArray(CompletableFuture[]::new))
          .get(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new SinkException("Expected Kafka to take " + messages.size() + " messages", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SinkException("Interrupted while waiting for Kafka", e);
    }
  }

  /** A producer that has sent nothing is as good as a new one. */
  @Override
  public void startOver() {
    if (used) {
      producer.close(Duration.ZERO);
      producer = open();
      used = false;
    }
  }

  @Override
  public void close() {
    producer.close(CLOSE_PATIENCE);
  }

  static ProducerRecord<String, byte[]> record(OutgoingMessage message) {
    Integer partition = message.partition().isPresent() ? message.partition().getAsInt() : null;
    ProducerRecord<String, byte[]> record =
        new ProducerRecord<>(message.topic(), partition, message.key(), message.value());
    Headers headers = record.headers();
    message.headers().forEachOnWire(headers::add);
    return record;
  }
}
