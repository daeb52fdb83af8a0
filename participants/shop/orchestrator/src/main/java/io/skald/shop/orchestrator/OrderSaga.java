package io.skald.shop.orchestrator;

import static io.skald.shop.messages.Shop.INVENTORY;
import static io.skald.shop.messages.Shop.ORDER;
import static io.skald.shop.messages.Shop.ORDER_EVENTS;
import static io.skald.shop.messages.Shop.ORDER_SAGA;
import static io.skald.shop.messages.Shop.PAYMENT;
import static io.skald.shop.messages.Shop.SHIPPING;
import static java.util.Objects.requireNonNull;

import io.skald.saga.Retry;
import io.skald.saga.Saga;
import io.skald.saga.SagaDefinition;
import io.skald.shop.messages.CompleteOrder;
import io.skald.shop.messages.OrderCreated;
import io.skald.shop.messages.ProcessPayment;
import io.skald.shop.messages.RefundPayment;
import io.skald.shop.messages.ReleaseInventory;
import io.skald.shop.messages.ReserveInventory;
import io.skald.shop.messages.ScheduleShipping;
import io.skald.shop.messages.VoidPayment;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/**
 * From an order to a parcel: take the money, set the goods aside, hand them to a carrier. Until a
 * carrier has them everything can be undone; from then on the order will be completed.
 */
@Singleton
final class OrderSaga {

  @Produces
  @Singleton
  SagaDefinition<Order> order(SagaConfig config) {
    Retry retry = config.retry().policy();
    Retry forward = config.forwardRetry().policy();
    Retry undo = config.compensationRetry().policy();

    // spotless:off
    return Saga.define(ORDER_SAGA, 1, Order.class)
        .startedBy(ORDER_EVENTS, OrderCreated.class, OrderCreated::orderId, Order::from)
        .deadline(config.deadline())
        .step("payment", PAYMENT, ProcessPayment.class, o -> new ProcessPayment(o.orderId(), o.userId(), o.totalAmount()))
            .timeout(config.stepTimeout()).retry(retry).compensationRetry(undo)
            .onReply(Order::paid)
            .compensate(RefundPayment.class, (o, paid) -> new RefundPayment(o.orderId(), paid.paymentId()),
                        VoidPayment.class, o -> new VoidPayment(o.orderId()))
        .step("inventory", INVENTORY, ReserveInventory.class, o -> new ReserveInventory(o.orderId(), o.items()))
            .timeout(config.stepTimeout()).retry(retry).compensationRetry(undo)
            .onReply(Order::reserved)
            .compensate(ReleaseInventory.class, o -> new ReleaseInventory(o.orderId()))
        .pivot("shipping", SHIPPING, ScheduleShipping.class, o -> new ScheduleShipping(o.orderId(), o.country()))
            .timeout(config.stepTimeout()).retry(forward)
            .onReply(Order::scheduled)
        .then("complete", ORDER, CompleteOrder.class, o -> new CompleteOrder(o.orderId(), requireNonNull(o.trackingId(), "trackingId")))
            .timeout(config.stepTimeout()).retry(forward)
        .build();
    // spotless:on
  }
}
