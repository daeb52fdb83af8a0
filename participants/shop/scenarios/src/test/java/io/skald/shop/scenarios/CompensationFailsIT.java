package io.skald.shop.scenarios;

import static io.skald.shop.scenarios.OrderAssert.assertThat;
import static io.skald.shop.scenarios.OrderDraft.anOrder;
import static io.skald.shop.scenarios.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** A participant does not manage to undo what it did, however often it is asked. */
@Scenarios(Temper.PRESSING)
@Order(14)
final class CompensationFailsIT {

  private static final int SLOWNESS_MILLIS = 2_000;

  private final Shop shop;

  CompensationFailsIT(Shop shop) {
    this.shop = shop;
  }

  @Test
  void shouldParkWithItsPlan_andGoOnWhenResumed_whenACompensationFailsFiftyTimes() {
    // given: an order that will be refused, but not before inventory has broken down
    shop.slow("shipping", SLOWNESS_MILLIS);
    PlacedOrder order = shop.place(anOrder().to("AQ"));
    await().until(() -> order.told("ScheduleShipping#1") == 1);
    shop.fail("inventory");
    // when
    await().until(() -> order.sagaStatus().equals("PARKED"));
    // then
    assertThat(order).hasJournalWith("ReleaseInventory#50", "AttemptFailed inventory#50");
    assertThat(order)
        .hasJournalWith(
            "StepRejected shipping",
            "SagaCompensating STEP_REJECTED",
            "ReleaseInventory#1",
            "AttemptFailed inventory#1",
            "ReleaseInventory#2",
            "StepGivenUp inventory",
            "SagaParked")
        .hasFence("payment DONE", "inventory DONE", "shipping REJECTED")
        .hasLedger("USR-123 -> SHOP 99.99");
    JsonNode saga = order.sagaView();
    assertThat(saga.at("/parked/step").asText()).isEqualTo("inventory");
    assertThat(saga.at("/next/then")).extracting(JsonNode::asText).containsExactly("payment");
    // and when
    shop.heal();
    assertThat(order.resume()).isEqualTo(202);
    // then
    assertThat(order)
        .isCancelled()
        .hasJournalWith(
            "SagaParked",
            "SagaResumed",
            "StepCompensated inventory",
            "RefundPayment#1",
            "StepCompensated payment",
            "SagaCompensated")
        .hasFence("payment COMPENSATED", "inventory COMPENSATED", "shipping REJECTED")
        .hasReservations("2 PROD-456 RELEASED")
        .hasLedger("USR-123 -> SHOP 99.99", "SHOP -> USR-123 99.99");
  }
}
