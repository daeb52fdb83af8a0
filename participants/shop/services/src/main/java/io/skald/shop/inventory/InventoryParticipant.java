package io.skald.shop.inventory;

import io.skald.participant.BusinessRefusal;
import io.skald.participant.CommandContext;
import io.skald.participant.ParticipantService;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.WireHeaders;
import io.skald.shop.events.Persistently;
import io.skald.shop.events.ShopEvent;
import io.skald.shop.messages.InventoryReleased;
import io.skald.shop.messages.InventoryReserved;
import io.skald.shop.messages.OrderItem;
import io.skald.shop.messages.ReleaseInventory;
import io.skald.shop.messages.ReserveInventory;
import io.skald.shop.messages.Shop;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Sets goods aside, puts them back, and notes when they have left the house. */
@Singleton
final class InventoryParticipant {

  private final Stock stock;

  InventoryParticipant(Stock stock) {
    this.stock = stock;
  }

  /**
   * Once a carrier has an order, its goods are no longer set aside but gone. A reservation changes
   * from one to the other at most once, so an event may come any number of times.
   */
  @Incoming("inventory-facts")
  @Blocking
  void facts(ConsumerRecords<String, byte[]> batch) throws InterruptedException {
    List<String> shipped = new ArrayList<>();
    for (ConsumerRecord<String, byte[]> source : batch) {
      ShopEvent event = new ShopEvent(source);
      if (event.type().equals("ShippingScheduled") && event.succeeded()) {
        event
            .header(WireHeaders.SAGA_ID)
            .flatMap(SagaId::parse)
            .ifPresent(saga -> shipped.add(reservationOf(saga)));
      }
    }
    if (!shipped.isEmpty()) {
      Persistently.run("note what was shipped", () -> stock.shipped(shipped));
    }
  }

  @Produces
  @Singleton
  ParticipantService service() {
    return ParticipantService.named(Shop.INVENTORY.name())
        .action(ReserveInventory.class, this::reserve)
        .compensation(ReleaseInventory.class, this::release)
        .build();
  }

  private InventoryReserved reserve(ReserveInventory command, CommandContext context)
      throws SQLException {
    String reservation = reservationOf(context.sagaId());
    for (Map.Entry<String, Long> item : inLockingOrder(command.items()).entrySet()) {
      if (!stock.reserve(reservation, command.orderId(), item.getKey(), item.getValue())) {
        throw new BusinessRefusal(
            "OUT_OF_STOCK", "There are less than " + item.getValue() + " of " + item.getKey());
      }
    }
    return new InventoryReserved(command.orderId(), reservation, command.items());
  }

  private InventoryReleased release(ReleaseInventory command, CommandContext context)
      throws SQLException {
    stock.release(reservationOf(context.sagaId()));
    return new InventoryReleased(command.orderId());
  }

  /** Each product once, and in the same order for every order, so that two do not deadlock. */
  static Map<String, Long> inLockingOrder(List<OrderItem> items) {
    Map<String, Long> quantities = new TreeMap<>();
    for (OrderItem item : items) {
      quantities.merge(item.productId(), (long) item.quantity(), Long::sum);
    }
    return quantities;
  }

  private static String reservationOf(SagaId saga) {
    return "RES-" + saga;
  }
}
