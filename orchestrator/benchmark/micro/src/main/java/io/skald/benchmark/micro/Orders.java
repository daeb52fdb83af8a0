package io.skald.benchmark.micro;

import io.skald.saga.Saga;
import io.skald.saga.SagaDefinition;
import io.skald.saga.message.Command;
import io.skald.saga.message.Participant;
import io.skald.saga.message.Topic;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;

/** An order saga of any length: steps that can be undone, and a pivot at the end. */
final class Orders {

  static final Topic EVENTS = Topic.of("order-events");

  private static final List<Participant> PARTICIPANTS =
      List.of(Participant.named("payment"), Participant.named("inventory"));
  private static final Participant SHIPPING = Participant.named("shipping");

  private Orders() {}

  record Item(String productId, int quantity, BigDecimal price) {}

  record Created(String orderId, String userId, List<Item> items, BigDecimal total) {

    static Created sample() {
      return new Created(
          "ORD-12345",
          "USR-123",
          List.of(new Item("PROD-456", 2, new BigDecimal("49.99"))),
          new BigDecimal("99.98"));
    }
  }

  record Order(
      String orderId, String userId, List<Item> items, BigDecimal total, String lastReference) {

    static Order from(Created event) {
      return new Order(event.orderId(), event.userId(), event.items(), event.total(), "");
    }

    Order with(Done done) {
      return new Order(orderId, userId, items, total, done.reference());
    }
  }

  record Do(String orderId, List<Item> items, BigDecimal total) implements Command<Done> {}

  record Done(String orderId, String reference) {}

  record Undo(String orderId) implements Command<Undone> {}

  record Undone(String orderId) {}

  /**
   * @param steps 2 or more, the pivot among them
   */
  static SagaDefinition<Order> definition(int steps) {
    Saga.BeforePivot<Order> story =
        Saga.define("order", 1, Order.class)
            .startedBy(EVENTS, Created.class, Created::orderId, Order::from)
            .deadline(Duration.ofDays(1));
    for (int i = 0; i < steps - 1; i++) {
      story =
          story
              .step("step-" + i, PARTICIPANTS.get(i % 2), Do.class, Orders::command)
              .timeout(Journey.TIMEOUT)
              .onReply(Order::with)
              .compensate(Undo.class, order -> new Undo(order.orderId()));
    }
    return story
        .pivot("shipping", SHIPPING, Do.class, Orders::command)
        .timeout(Journey.TIMEOUT)
        .onReply(Order::with)
        .build();
  }

  private static Do command(Order order) {
    return new Do(order.orderId(), order.items(), order.total());
  }
}
