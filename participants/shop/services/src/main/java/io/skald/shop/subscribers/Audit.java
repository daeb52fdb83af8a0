package io.skald.shop.subscribers;

import io.micrometer.core.instrument.MeterRegistry;
import io.skald.shop.events.ShopEvent;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.inject.Singleton;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Counts how sagas begin and end, as metric {@code shop_audit_total}. */
@Singleton
final class Audit {

  /** Named here: whatever a record says is not to become a metric of its own. */
  private static final Set<String> COUNTED =
      Set.of("SagaStarted", "SagaCompleted", "SagaCompensated", "SagaParked", "SagaAborted");

  private final MeterRegistry meters;

  Audit(MeterRegistry meters) {
    this.meters = meters;
  }

  @Incoming("audit")
  @Blocking
  void lifecycle(ConsumerRecords<String, byte[]> batch) {
    for (ConsumerRecord<String, byte[]> source : batch) {
      String type = new ShopEvent(source).type();
      if (COUNTED.contains(type)) {
        meters.counter("shop.audit", "event", type).increment();
      }
    }
  }
}
