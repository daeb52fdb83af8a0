package io.skald.shop.scenarios;

import static io.skald.shop.scenarios.OrderAssert.assertThat;
import static io.skald.shop.scenarios.OrderDraft.anOrder;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Scenario 8, second half: a saga does not reach its point of no return in time. */
@Scenarios(Temper.CURT)
@Order(10)
final class DeadlineIT {

  private final Shop shop;

  DeadlineIT(Shop shop) {
    this.shop = shop;
  }

  @Test
  void shouldCompensate_whenTheDeadlinePassesBeforeInventoryAnswers() {
    // given
    Books before = shop.books();
    shop.silence("inventory");
    // when
    PlacedOrder order = shop.place(anOrder());
    // then
    assertThat(order)
        .isCancelled()
        .hasReason("DEADLINE_PASSED")
        .hasJournalWith(
            "SagaStarted",
            "ProcessPayment#1",
            "StepSucceeded payment",
            "ReserveInventory#1",
            "SagaCompensating DEADLINE_PASSED",
            "ReleaseInventory#1",
            "StepCompensated inventory",
            "RefundPayment#1",
            "StepCompensated payment",
            "SagaCompensated")
        .hasFence("payment COMPENSATED", "inventory TOMBSTONED")
        .hasLedger("USR-123 -> SHOP 99.99", "SHOP -> USR-123 99.99")
        .hasReservations()
        .hasShipments();
    assertThat(shop.books().revenue()).isEqualTo(before.revenue());
    Entry started = order.journal().getFirst();
    Instant deadline = started.instant("deadline");
    assertThat(Duration.between(started.at(), deadline)).isEqualTo(Duration.ofSeconds(5));
    assertThat(order.journal())
        .filteredOn(entry -> entry.type().equals("SagaCompensating"))
        .allMatch(entry -> !entry.at().isBefore(deadline));
  }
}
