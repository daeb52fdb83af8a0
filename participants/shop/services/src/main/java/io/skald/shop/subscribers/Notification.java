package io.skald.shop.subscribers;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.skald.shop.events.ShopEvent;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.inject.Singleton;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/** Tells customers how their orders ended; here, tells the log. */
@Singleton
final class Notification {

  private static final Logger LOG = Logger.getLogger(Notification.class);

  private final Counter sent;

  Notification(MeterRegistry meters) {
    this.sent = meters.counter("shop.notifications");
  }

  @Incoming("notification")
  @Blocking
  void lifecycle(ConsumerRecords<String, byte[]> batch) {
    for (ConsumerRecord<String, byte[]> source : batch) {
      ShopEvent event = new ShopEvent(source);
      switch (event.type()) {
        case "SagaCompleted" -> tell(event, "is on its way");
        case "SagaCompensated" -> tell(event, "was cancelled");
        default -> {
          // Nothing that a customer needs to know.
        }
      }
    }
  }

  private void tell(ShopEvent event, String what) {
    sent.increment();
    LOG.debugf("Order %s %s", event.subject(), what);
  }
}
