package io.skald.shop.hosting;

import io.skald.participant.ParticipantWorker;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.inject.Singleton;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * Hands commands to the SDK. One batch of a participant runs after the other, so within a process
 * no two of its transactions can deadlock.
 */
@Singleton
final class Commands {

  private final ParticipantWorker worker;

  Commands(ParticipantWorker worker) {
    this.worker = worker;
  }

  @Incoming("order-commands")
  @Blocking
  void order(ConsumerRecords<String, byte[]> batch) {
    worker.handle(batch);
  }

  @Incoming("payment-commands")
  @Blocking
  void payment(ConsumerRecords<String, byte[]> batch) {
    worker.handle(batch);
  }

  @Incoming("inventory-commands")
  @Blocking
  void inventory(ConsumerRecords<String, byte[]> batch) {
    worker.handle(batch);
  }

  @Incoming("shipping-commands")
  @Blocking
  void shipping(ConsumerRecords<String, byte[]> batch) {
    worker.handle(batch);
  }
}
