package io.skald.examples.compared;

import io.skald.saga.Saga;
import io.skald.saga.message.Command;
import io.skald.saga.message.Participant;
import io.skald.saga.message.Topic;
import java.util.List;

/** The messages, the data and the steps from which the definitions of this package are made. */
final class Parts {

  static final Topic ORDERS = Topic.of("order-events");
  static final Participant BANK = Participant.named("bank");
  static final Participant STORE = Participant.named("store");
  static final Participant MAIL = Participant.named("mail");

  private Parts() {}

  /** What the sagas carry along. */
  record Order(String id, long cents, List<String> parcels, String payment, String approvedBy) {

    static Order placed() {
      return new Order("O-1", 99_00, List.of("P-1", "P-2"), "", "");
    }

    static Order of(OrderPlaced event) {
      return new Order(event.orderId(), event.cents(), List.of(), "", "");
    }

    Order with(Charged charged) {
      return new Order(id, cents, parcels, charged.payment(), approvedBy);
    }

    Order with(Approved approved) {
      return new Order(id, cents, parcels, payment, approved.by());
    }

    boolean isDear() {
      return cents > 50_00;
    }
  }

  record OrderPlaced(String orderId, long cents) {}

  record Charge(String orderId, long cents) implements Command<Charged> {}

  record Charged(String payment) {}

  record Refund(String payment) implements Command<Refunded> {}

  record RefundIfCharged(String orderId) implements Command<Refunded> {}

  record Refunded() {}

  record Reserve(String orderId, String what) implements Command<Reserved> {}

  record Reserved() {}

  record Release(String orderId, String what) implements Command<Released> {}

  record Released() {}

  record Ship(String orderId) implements Command<Shipped> {}

  record Shipped() {}

  record Notify(String orderId, String text) implements Command<Notified> {}

  record Notified() {}

  /** A signal. */
  record Approved(String by) {}

  static Saga.Started<Order> order() {
    return Saga.define("order", 1, Order.class).startedByApi();
  }

  static Saga.OwesCompensation<Order, Charged> charging(Saga.BeforePivot<Order> story) {
    return story
        .step("charge", BANK, Charge.class, o -> new Charge(o.id(), o.cents()))
        .onReply(Order::with);
  }

  static Saga.BeforePivot<Order> charge(Saga.BeforePivot<Order> story) {
    return refunded(charging(story));
  }

  static Saga.BeforePivot<Order> refunded(Saga.OwesCompensation<Order, Charged> charging) {
    return charging.compensate(
        Refund.class,
        (order, charged) -> new Refund(charged.payment()),
        RefundIfCharged.class,
        order -> new RefundIfCharged(order.id()));
  }

  static Saga.BeforePivot<Order> reserve(Saga.BeforePivot<Order> story, String what) {
    return story
        .step(what, STORE, Reserve.class, o -> new Reserve(o.id(), what))
        .compensate(Release.class, o -> new Release(o.id(), what));
  }

  static Saga.BeforePivot<Order> tell(Saga.BeforePivot<Order> story, String name) {
    return story
        .step(name, MAIL, Notify.class, o -> new Notify(o.id(), name))
        .nothingToCompensate();
  }

  static Saga.Forward<Order, Shipped> ship(Saga.BeforePivot<Order> story) {
    return story.pivot("ship", STORE, Ship.class, o -> new Ship(o.id()));
  }
}
