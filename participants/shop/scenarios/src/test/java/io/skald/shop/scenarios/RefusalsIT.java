package io.skald.shop.scenarios;

import static io.skald.shop.scenarios.OrderAssert.assertThat;
import static io.skald.shop.scenarios.OrderDraft.anOrder;
import static io.skald.shop.scenarios.OrderDraft.anOrderOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.skald.saga.message.WireHeaders;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Scenarios 2 and 3: a participant refuses. */
@Scenarios
@Order(2)
final class RefusalsIT {

  private final Shop shop;

  RefusalsIT(Shop shop) {
    this.shop = shop;
  }

  @Test
  void shouldReleaseStockAndThenRefund_whenShippingRefuses() {
    // given
    Books before = shop.books();
    // when
    PlacedOrder order = shop.place(anOrder().to("AQ"));
    // then
    assertThat(order)
        .isCancelled()
        .hasReason("shipping refused: NO_DELIVERY")
        .hasJournal(
            "SagaStarted",
            "ProcessPayment#1",
            "StepSucceeded payment",
            "ReserveInventory#1",
            "StepSucceeded inventory",
            "ScheduleShipping#1",
            "StepRejected shipping",
            "SagaCompensating STEP_REJECTED",
            "ReleaseInventory#1",
            "StepCompensated inventory",
            "RefundPayment#1",
            "StepCompensated payment",
            "SagaCompensated")
        .hasFence("payment COMPENSATED", "inventory COMPENSATED", "shipping REJECTED")
        .hasLedger("USR-123 -> SHOP 99.99", "SHOP -> USR-123 99.99")
        .hasReservations("2 PROD-456 RELEASED")
        .hasShipments();
    assertThat(shop.books().revenue()).isEqualTo(before.revenue());
    assertThat(shop.books().onHand("PROD-456")).isEqualTo(before.onHand("PROD-456"));
  }

  @Test
  void shouldTellOfTheReleaseBeforeTheRefund_whenShippingRefuses() {
    // when
    PlacedOrder order = shop.place(anOrder().to("AQ"));
    assertThat(order).isCancelled();
    // then
    Message released = shop.topics().await("inventory-events", order, "InventoryReleased");
    Message refund = shop.topics().await("payment-commands", order, "RefundPayment");
    assertThat(refund.header(WireHeaders.CAUSATION_ID)).isEqualTo(released.id());
    assertThat(shop.topics().types("payment-events", order))
        .containsExactly("PaymentProcessed", "PaymentRefunded");
    assertThat(shop.topics().types("inventory-events", order))
        .containsExactly("InventoryReserved", "InventoryReleased");
    shop.topics().await("saga-events", order, "SagaCompensated");
    assertThat(shop.topics().types("saga-events", order))
        .containsExactly(
            "SagaStarted",
            "StepSucceeded",
            "StepSucceeded",
            "StepRejected",
            "SagaCompensating",
            "StepCompensated",
            "StepCompensated",
            "SagaCompensated");
    assertThat(shop.topics().read("saga-events", order))
        .filteredOn(event -> event.type().equals("StepCompensated"))
        .extracting(event -> event.json().path("step").asText())
        .containsExactly("inventory", "payment");
  }

  @Test
  void shouldRefund_whenInventoryRefusesTheSecondOfTheLastPiece() {
    // given
    PlacedOrder lucky = shop.place(anOrderOf("PROD-RARE", 1));
    assertThat(lucky).isCompleted().hasReservations("1 PROD-RARE SHIPPED");
    Books before = shop.books();
    // when
    PlacedOrder late = shop.place(anOrderOf("PROD-RARE", 1));
    // then
    assertThat(late)
        .isCancelled()
        .hasJournal(
            "SagaStarted",
            "ProcessPayment#1",
            "StepSucceeded payment",
            "ReserveInventory#1",
            "StepRejected inventory",
            "SagaCompensating STEP_REJECTED",
            "RefundPayment#1",
            "StepCompensated payment",
            "SagaCompensated")
        .hasFence("payment COMPENSATED", "inventory REJECTED")
        .hasLedger("USR-123 -> SHOP 99.99", "SHOP -> USR-123 99.99")
        .hasReservations()
        .hasShipments();
    assertThat(shop.topics().types("inventory-commands", late)).containsExactly("ReserveInventory");
    assertThat(shop.books().revenue()).isEqualTo(before.revenue());
  }

  @Test
  void shouldKeepNothingOfTheOrder_whenOneOfItsProductsIsShort() {
    // given
    long onHand = shop.books().onHand("PROD-456");
    // when
    PlacedOrder order = shop.place(anOrder().and("PROD-RARE", 2));
    // then
    assertThat(order)
        .isCancelled()
        .hasFence("payment COMPENSATED", "inventory REJECTED")
        .hasLedger("USR-123 -> SHOP 99.99", "SHOP -> USR-123 99.99")
        .hasReservations();
    assertThat(shop.books().onHand("PROD-456")).isEqualTo(onHand);
  }

  @Test
  void shouldCompensateNothing_whenPaymentRefuses() {
    // given
    Books before = shop.books();
    // when
    PlacedOrder order = shop.place(anOrder().by("USR-POOR"));
    // then
    assertThat(order)
        .isCancelled()
        .hasReason("payment refused: INSUFFICIENT_FUNDS")
        .hasJournal(
            "SagaStarted",
            "ProcessPayment#1",
            "StepRejected payment",
            "SagaCompensating STEP_REJECTED",
            "SagaCompensated")
        .hasFence("payment REJECTED")
        .hasLedger()
        .hasReservations()
        .hasShipments();
    assertThat(shop.topics().types("payment-commands", order)).containsExactly("ProcessPayment");
    for (String participant : List.of("inventory", "shipping", "order")) {
      assertThat(shop.topics().read(participant + "-commands", order)).isEmpty();
    }
    assertThat(shop.books().money()).isEqualTo(before.money());
  }
}
