package io.skald.shop.order;

import io.quarkus.scheduler.Scheduled;
import io.skald.saga.message.MessageType;
import io.skald.saga.message.WireHeaders;
import io.skald.shop.hosting.Hosting;
import io.skald.shop.hosting.Service;
import io.skald.shop.hosting.ShopConfig;
import io.skald.shop.messages.OrderCreated;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jboss.logging.Logger;

/**
 * Tells the world of new orders, after they are stored and without ever losing one.
 *
 * <p>An order is sent when it has been committed, and marked when Kafka has acknowledged it. What
 * was not marked after a while, because Kafka was away or this process died, is sent again; an
 * order that is sent twice still starts one saga.
 */
@Singleton
final class OrderPublisher {

  private static final Logger LOG = Logger.getLogger(OrderPublisher.class);
  private static final int BATCH = 500;
  private static final int WAITING = 4096;

  private final Emitter<byte[]> emitter;
  private final Orders orders;
  private final Hosting hosting;
  private final ShopConfig.OrderConfig config;
  private final Set<String> onTheWay = ConcurrentHashMap.newKeySet();
  private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();

  OrderPublisher(
      @Channel("orders-out") @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = WAITING)
          Emitter<byte[]> emitter,
      Orders orders,
      Hosting hosting,
      ShopConfig config) {
    this.emitter = emitter;
    this.orders = orders;
    this.hosting = hosting;
    this.config = config.order();
  }

  /**
   * Hands an order to Kafka and does not wait for it. Returns false if that is under way already.
   */
  boolean publish(OrderCreated order) {
    String id = order.orderId();
    if (!onTheWay.add(id)) {
      return false;
    }
    byte[] payload = OrderJson.write(order).getBytes(StandardCharsets.UTF_8);
    try {
      emitter.send(
          Message.of(
              payload,
              Metadata.of(metadata(order)),
              () -> settled(id, true),
              failure -> settled(id, false)));
    } catch (IllegalStateException full) {
      onTheWay.remove(id);
      LOG.debugf("Order %s waits for the relay: %s", id, full.getMessage());
    }
    return true;
  }

  @Scheduled(
      every = "{shop.order.relay-interval}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
      skipExecutionIf = Scheduled.ApplicationNotRunning.class)
  void relay() {
    if (!hosting.hosts(Service.ORDER)) {
      return;
    }
    try {
      markAcknowledged();
      long sent =
          orders.unpublished(config.relayAfter(), BATCH).stream().filter(this::publish).count();
      if (sent > 0) {
        LOG.infof("Sent %d orders again that Kafka had not acknowledged", sent);
      }
    } catch (SQLException e) {
      LOG.warnf("Could not look for unpublished orders, will try again: %s", e.getMessage());
    }
  }

  /** What is not marked because the database is away is sent again, and started no second time. */
  private void markAcknowledged() throws SQLException {
    List<String> ids = new ArrayList<>();
    for (String id = acknowledged.poll(); id != null; id = acknowledged.poll()) {
      ids.add(id);
    }
    if (!ids.isEmpty()) {
      orders.published(ids);
    }
  }

  private CompletionStage<Void> settled(String orderId, boolean taken) {
    if (taken) {
      acknowledged.add(orderId);
    }
    onTheWay.remove(orderId);
    return CompletableFuture.completedFuture(null);
  }

  private static OutgoingKafkaRecordMetadata<String> metadata(OrderCreated order) {
    MessageType type = MessageType.of(OrderCreated.class);
    RecordHeaders headers = new RecordHeaders();
    add(headers, WireHeaders.SPEC_VERSION, "1.0");
    add(headers, WireHeaders.ID, UUID.randomUUID().toString());
    add(headers, WireHeaders.TYPE, type.name());
    add(headers, WireHeaders.DATA_VERSION, Integer.toString(type.version()));
    add(headers, WireHeaders.SOURCE, "/shop/order");
    add(headers, WireHeaders.TIME, Instant.now().toString());
    add(headers, WireHeaders.SUBJECT, order.orderId());
    add(headers, WireHeaders.CORRELATION_ID, order.orderId());
    add(headers, WireHeaders.CONTENT_TYPE, "application/json");
    return OutgoingKafkaRecordMetadata.<String>builder()
        .withKey(order.orderId())
        .withHeaders(headers)
        .build();
  }

  private static void add(RecordHeaders headers, String name, String value) {
    headers.add(name, value.getBytes(StandardCharsets.UTF_8));
  }
}
