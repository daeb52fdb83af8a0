package io.skald.shop.order;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.skald.participant.CommandContext;
import io.skald.participant.ParticipantService;
import io.skald.shop.events.Persistently;
import io.skald.shop.events.ShopEvent;
import io.skald.shop.messages.CompleteOrder;
import io.skald.shop.messages.OrderCompleted;
import io.skald.shop.messages.Shop;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Completes orders, and follows what the others do for them. */
@Singleton
final class OrderParticipant {

  private final Orders orders;
  private final FactReader reader = new FactReader(new ObjectMapper());

  OrderParticipant(Orders orders) {
    this.orders = orders;
  }

  @Incoming("order-facts")
  @Blocking
  void facts(ConsumerRecords<String, byte[]> batch) throws InterruptedException {
    List<Orders.OrderFact> facts = new ArrayList<>();
    for (ConsumerRecord<String, byte[]> source : batch) {
      reader.read(new ShopEvent(source)).ifPresent(facts::add);
    }
    if (!facts.isEmpty()) {
      Persistently.run("note what happened to orders", () -> orders.learn(facts));
    }
  }

  @Produces
  @Singleton
  ParticipantService service() {
    return ParticipantService.named(Shop.ORDER.name())
        .action(CompleteOrder.class, this::complete)
        .build();
  }

  /** A saga that was started at the orchestrator has no order here, and completes all the same. */
  private OrderCompleted complete(CompleteOrder command, CommandContext context)
      throws SQLException {
    Fact completed = new Fact(Fact.Kind.COMPLETED, Instant.now(), command.trackingId());
    orders.learn(List.of(new Orders.OrderFact(command.orderId(), completed)));
    return new OrderCompleted(command.orderId(), command.trackingId());
  }
}
