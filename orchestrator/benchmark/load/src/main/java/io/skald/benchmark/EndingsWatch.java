package io.skald.benchmark;

import io.skald.saga.message.WireHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;

/** Reads {@code saga-events} from where they end now, and tells how sagas end. */
final class EndingsWatch implements AutoCloseable {
  static final String TOPIC = "saga-events";
  private static final Set<String> ENDINGS =
      Set.of(Orders.COMPLETED, Orders.COMPENSATED, "SagaAborted", "SagaParked");
  private static final Duration POLL = Duration.ofMillis(500);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Endings endings;
  private final Recent recent = new Recent();
  private final Thread thread;

  private EndingsWatch(KafkaConsumer<byte[], byte[]> consumer, Endings endings) {
    this.consumer = consumer;
    this.endings = endings;
    this.thread = Thread.ofPlatform().daemon().name("bench-endings").unstarted(this::read);
  }

  /** Returns when nothing that happens from now on can be missed. */
  static EndingsWatch start(String kafka, Endings endings) {
    KafkaConsumer<byte[], byte[]> consumer = TopicTail.at(kafka, List.of(TOPIC));
    EndingsWatch watch = new EndingsWatch(consumer, endings);
    watch.thread.start();
    return watch;
  }

  @Override
  public void close() {
    consumer.wakeup();
    try {
      thread.join(Duration.ofSeconds(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void read() {
    try (consumer) {
      while (true) {
        for (ConsumerRecord<byte[], byte[]> event : consumer.poll(POLL)) {
          String type = text(event, WireHeaders.TYPE);
          String key = text(event, WireHeaders.SUBJECT);
          if (ENDINGS.contains(type) && recent.isNew(key + type)) {
            endings.ended(key, type, event.partition(), System.nanoTime());
          }
        }
      }
    } catch (WakeupException closed) {
      // What close() asked for.
    }
  }

  private static String text(ConsumerRecord<byte[], byte[]> event, String name) {
    Header header = event.headers().lastHeader(name);
    return header == null || header.value() == null
        ? ""
        : new String(header.value(), StandardCharsets.UTF_8);
  }
}
