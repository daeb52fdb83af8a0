package io.skald.shop.scenarios;

import static io.skald.shop.scenarios.OrderAssert.assertThat;
import static io.skald.shop.scenarios.OrderDraft.anOrder;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Scenario 8, first half: somebody cancels a running saga. */
@Scenarios
@Order(6)
final class CancelIT {

  private final Shop shop;

  CancelIT(Shop shop) {
    this.shop = shop;
  }

  @Test
  void shouldCompensateTheUnknownStep_whenItIsCancelledBeforePaymentAnswers() {
    // given
    Books before = shop.books();
    shop.silence("payment");
    PlacedOrder order = shop.place(anOrder());
    Message command = shop.topics().await("payment-commands", order, "ProcessPayment");
    shop.topics().awaitTaken("payment", command);
    // when
    assertThat(order.cancel()).isEqualTo(202);
    // then
    assertThat(order)
        .isCancelled()
        .hasReason("CANCELLED")
        .hasJournal(
            "SagaStarted",
            "ProcessPayment#1",
            "SagaCompensating CANCELLED",
            "VoidPayment#1",
            "StepCompensated payment",
            "SagaCompensated")
        .hasFence("payment TOMBSTONED")
        .hasLedger()
        .hasReservations()
        .hasShipments();
    assertThat(order.journal().get(2).text("actor")).isEqualTo("maria");
    assertThat(shop.books().money()).isEqualTo(before.money());
  }

  @Test
  void shouldUndoTheStepUnderWay_whenItIsCancelledWhileInventoryWorks() {
    // given
    Books before = shop.books();
    shop.slow("inventory", 3_000);
    PlacedOrder order = shop.place(anOrder());
    shop.topics().await("inventory-commands", order, "ReserveInventory");
    // when
    assertThat(order.cancel()).isEqualTo(202);
    // then: stock was set aside after all, and is released before the money goes back
    assertThat(order)
        .isCancelled()
        .hasJournalWith(
            "StepSucceeded payment",
            "ReserveInventory#1",
            "SagaCompensating CANCELLED",
            "ReleaseInventory#1",
            "InputIgnored TURNED_BACK",
            "StepCompensated inventory",
            "RefundPayment#1",
            "StepCompensated payment",
            "SagaCompensated")
        .hasFence("payment COMPENSATED", "inventory COMPENSATED")
        .hasLedger("USR-123 -> SHOP 99.99", "SHOP -> USR-123 99.99")
        .hasReservations("2 PROD-456 RELEASED")
        .hasShipments();
    assertThat(shop.books().revenue()).isEqualTo(before.revenue());
    assertThat(shop.books().onHand("PROD-456")).isEqualTo(before.onHand("PROD-456"));
  }

  @Test
  void shouldGoForward_whenItIsCancelledPastThePointOfNoReturn() {
    // given
    shop.fail("shipping");
    PlacedOrder order = shop.place(anOrder());
    Patience.await().until(() -> order.told("AttemptFailed shipping#1") == 1);
    // when
    assertThat(order.cancel()).isEqualTo(409);
    shop.heal();
    // then
    assertThat(order)
        .isCompleted()
        .hasJournalWith("AttemptFailed shipping#1", "InputIgnored PAST_RETURN", "SagaCompleted")
        .hasOneOfEachEffect();
  }
}
