package io.skald.shop.scenarios;

import static io.skald.shop.scenarios.OrderAssert.assertThat;
import static io.skald.shop.scenarios.OrderDraft.anOrder;
import static org.assertj.core.api.Assertions.assertThat;

import io.skald.saga.message.WireHeaders;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Scenario 1: an order completes. */
@Scenarios
@Order(1)
final class OrderCompletesIT {

  private final Shop shop;

  OrderCompletesIT(Shop shop) {
    this.shop = shop;
  }

  @Test
  void shouldRunStepAfterStep_whenEveryParticipantAgrees() {
    // given
    BigDecimal revenue = shop.books().revenue();
    // when
    PlacedOrder order = shop.place(anOrder());
    // then
    assertThat(order)
        .isCompleted()
        .hasJournal(
            "SagaStarted",
            "ProcessPayment#1",
            "StepSucceeded payment",
            "ReserveInventory#1",
            "StepSucceeded inventory",
            "ScheduleShipping#1",
            "StepSucceeded shipping",
            "CompleteOrder#1",
            "StepSucceeded complete",
            "SagaCompleted")
        .hasOneOfEachEffect();
    assertThat(shop.books().revenue()).isEqualTo(revenue.add(OrderDraft.PRICE));
  }

  @Test
  void shouldTellTheStoryOnTheTopics_whenAnOrderCompletes() {
    // when
    PlacedOrder order = shop.place(anOrder());
    assertThat(order).isCompleted();
    // then
    assertThat(shop.topics().types("order-events", order))
        .containsExactly("OrderCreated", "OrderCompleted");
    assertThat(shop.topics().types("payment-events", order)).containsExactly("PaymentProcessed");
    assertThat(shop.topics().types("inventory-events", order)).containsExactly("InventoryReserved");
    assertThat(shop.topics().types("shipping-events", order)).containsExactly("ShippingScheduled");
    shop.topics().await("saga-events", order, "SagaCompleted");
    assertThat(shop.topics().types("saga-events", order))
        .containsExactly(
            "SagaStarted",
            "StepSucceeded",
            "StepSucceeded",
            "StepSucceeded",
            "StepSucceeded",
            "SagaCompleted");
    assertThat(
            List.of(
                first("order-events", order, "OrderCreated").at(),
                first("payment-events", order, "PaymentProcessed").at(),
                first("inventory-events", order, "InventoryReserved").at(),
                first("shipping-events", order, "ShippingScheduled").at(),
                first("order-events", order, "OrderCompleted").at()))
        .isSorted();
  }

  @Test
  void shouldSendCloudEvents_whenAnOrderCompletes() {
    // when
    PlacedOrder order = shop.place(anOrder());
    assertThat(order).isCompleted();
    // then
    for (Map.Entry<String, String> step :
        Map.of(
                "payment", "PaymentProcessed",
                "inventory", "InventoryReserved",
                "shipping", "ShippingScheduled")
            .entrySet()) {
      String participant = step.getKey();
      Message command = shop.topics().read(participant + "-commands", order).getFirst();
      Message reply = first(participant + "-events", order, step.getValue());
      assertIsCloudEvent(command, order);
      assertIsCloudEvent(reply, order);
      for (Message message : List.of(command, reply)) {
        assertThat(message.headers())
            .containsEntry(WireHeaders.SAGA_ID, order.sagaId().toString())
            .containsEntry(WireHeaders.STEP, participant)
            .containsEntry(WireHeaders.PHASE, "action")
            .containsEntry(WireHeaders.ATTEMPT, "1")
            .containsEntry(WireHeaders.SHARD, Integer.toString(order.shard()))
            .containsEntry(
                WireHeaders.IDEMPOTENCY_KEY, order.sagaId() + "/" + participant + "/action")
            .containsEntry(WireHeaders.CORRELATION_ID, order.sagaId().toString());
      }
      assertThat(reply.headers())
          .containsEntry(WireHeaders.OUTCOME, "succeeded")
          .containsEntry(WireHeaders.CAUSATION_ID, command.id())
          .containsEntry(WireHeaders.TRACE_PARENT, command.header(WireHeaders.TRACE_PARENT));
      assertThat(reply.partition()).isEqualTo(order.shard());
    }
    assertIsCloudEvent(first("order-events", order, "OrderCreated"), order);
    assertIsCloudEvent(first("order-events", order, "OrderCompleted"), order);
    assertIsCloudEvent(first("saga-events", order, "SagaStarted"), order);
  }

  private Message first(String topic, PlacedOrder order, String type) {
    return shop.topics().await(topic, order, type);
  }

  private static void assertIsCloudEvent(Message message, PlacedOrder order) {
    assertThat(message.key()).isEqualTo(order.id());
    assertThat(message.headers())
        .as("headers of %s", message)
        .containsEntry(WireHeaders.SPEC_VERSION, "1.0")
        .containsEntry(WireHeaders.SUBJECT, order.id())
        .containsEntry(WireHeaders.CONTENT_TYPE, "application/json")
        .containsEntry(WireHeaders.DATA_VERSION, "1")
        .containsKeys(WireHeaders.ID, WireHeaders.SOURCE, WireHeaders.TYPE, WireHeaders.TIME);
    assertThat(Instant.parse(message.header(WireHeaders.TIME))).isNotNull();
    assertThat(message.json().isObject()).isTrue();
  }
}
