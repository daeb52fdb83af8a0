package io.skald.shop.scenarios;

import java.util.List;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;

/** What can be said of an order. What is still to come is waited for. */
final class OrderAssert extends AbstractAssert<OrderAssert, PlacedOrder> {

  private static final List<String> ENDS = List.of("COMPLETED", "CANCELLED");

  private OrderAssert(PlacedOrder actual) {
    super(actual, OrderAssert.class);
  }

  static OrderAssert assertThat(PlacedOrder order) {
    return new OrderAssert(order);
  }

  OrderAssert isCompleted() {
    return endedAs("COMPLETED", "COMPLETED");
  }

  /** All that was done for it has been undone. */
  OrderAssert isCancelled() {
    return endedAs("COMPENSATED", "CANCELLED");
  }

  private OrderAssert endedAs(String sagaStatus, String status) {
    Patience.await().until(actual::sagaHasEnded);
    Assertions.assertThat(actual.sagaStatus()).as("saga of %s", actual).isEqualTo(sagaStatus);
    Patience.await().until(actual::status, ENDS::contains);
    Assertions.assertThat(actual.status()).as("status of %s", actual).isEqualTo(status);
    return this;
  }

  /** Why it was cancelled, which its customer may learn a moment after that. */
  OrderAssert hasReason(String part) {
    Patience.await()
        .untilAsserted(
            () ->
                Assertions.assertThat(actual.view().path("reason").asText())
                    .as("reason of %s", actual)
                    .contains(part));
    return this;
  }

  /** The whole journal. */
  OrderAssert hasJournal(String... entries) {
    Assertions.assertThat(actual.told()).as("journal of %s", actual).containsExactly(entries);
    return this;
  }

  /** These entries in this order, perhaps with others between. */
  OrderAssert hasJournalWith(String... entries) {
    Assertions.assertThat(actual.told()).as("journal of %s", actual).containsSubsequence(entries);
    return this;
  }

  OrderAssert hasFence(String... rows) {
    Assertions.assertThat(actual.fence()).as("fence of %s", actual).containsExactly(rows);
    return this;
  }

  OrderAssert hasLedger(String... rows) {
    Assertions.assertThat(actual.ledger()).as("ledger of %s", actual).containsExactly(rows);
    return this;
  }

  /** Shipped goods are noted as such a moment after the shipment. */
  OrderAssert hasReservations(String... rows) {
    Patience.await()
        .untilAsserted(
            () ->
                Assertions.assertThat(actual.reservations())
                    .as("reservations of %s", actual)
                    .containsExactly(rows));
    return this;
  }

  OrderAssert hasShipments(String... rows) {
    Assertions.assertThat(actual.shipments()).as("shipments of %s", actual).containsExactly(rows);
    return this;
  }

  /** Every effect of an order that was completed, once. */
  OrderAssert hasOneOfEachEffect() {
    return hasFence("payment DONE", "inventory DONE", "shipping DONE", "complete DONE")
        .hasLedger("USR-123 -> SHOP 99.99")
        .hasReservations("2 PROD-456 SHIPPED")
        .hasShipments("NORDPOST to DE");
  }
}
