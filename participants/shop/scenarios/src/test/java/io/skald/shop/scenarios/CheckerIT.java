package io.skald.shop.scenarios;

import static io.skald.shop.scenarios.OrderDraft.anOrder;
import static io.skald.shop.scenarios.OrderDraft.anOrderOf;
import static io.skald.shop.scenarios.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.skald.checker.Checker;
import io.skald.checker.ClientStart;
import io.skald.checker.History;
import io.skald.checker.HopCounts;
import io.skald.checker.Violation;
import io.skald.checker.real.LiveHistory;
import io.skald.saga.message.SagaId;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * The checker reads the shop's tables and topics. It comes before the scenarios that put on the
 * topics what nobody has journaled.
 */
@Scenarios
@Order(0)
final class CheckerIT {

  private final Shop shop;

  CheckerIT(Shop shop) {
    this.shop = shop;
  }

  @Test
  void shouldFindNothing_whenTheShopHasComeToRest() throws SQLException {
    // when
    List<PlacedOrder> orders =
        List.of(
            shop.place(anOrder()),
            shop.place(anOrder().to("AQ")),
            shop.place(anOrderOf("PROD-RARE", 2)),
            shop.place(anOrder().by("USR-POOR")));
    // then
    await().untilAsserted(() -> assertThat(check(orders)).isEmpty());
    History history = history(orders);
    assertThat(history.sagas()).hasSizeGreaterThanOrEqualTo(4);
    assertThat(history.commands()).hasSizeGreaterThanOrEqualTo(10);
    assertThat(history.effects()).hasSizeGreaterThanOrEqualTo(10);
    assertThat(history.unseen()).isEmpty();
    assertThat(history.snapshots()).isNotEmpty();
    assertThat(history.hops())
        .hasSize(10)
        .filteredOn(hop -> !hop.hop().equals("sagas to one another")) // The shop has no sub-sagas.
        .extracting(HopCounts::published)
        .doesNotContain(0L);
  }

  @Test
  void shouldFindTheDeed_whenMoneyIsMovedBehindTheFence() throws SQLException {
    // given
    List<PlacedOrder> orders = List.of(shop.place(anOrder()));
    await().untilAsserted(() -> assertThat(check(orders)).isEmpty());
    // when
    shop.participants()
        .change(
            """
            insert into payment.ledger (payment_id, order_id, debit, credit, amount)
            select payment_id, order_id, debit, credit, amount from payment.ledger where order_id = ?
            """,
            orders.getFirst().id());
    List<Violation> found = check(orders);
    shop.participants()
        .change(
            "delete from payment.ledger where id = (select max(id) from payment.ledger where"
                + " order_id = ?)",
            orders.getFirst().id());
    // then
    assertThat(found)
        .extracting(Violation::rule)
        .containsExactlyInAnyOrder(
            "outcome equals effects",
            "settled steps",
            "one effect",
            "fence equals effects",
            "conservation");
  }

  private List<Violation> check(List<PlacedOrder> orders) throws SQLException {
    return Checker.check(history(orders));
  }

  private History history(List<PlacedOrder> orders) throws SQLException {
    return LiveHistory.read(shop.installation())
        .starts(orders.stream().map(CheckerIT::start).toList())
        .build();
  }

  private static ClientStart start(PlacedOrder order) {
    return new ClientStart("order", order.id(), Optional.of(new SagaId(order.sagaId())));
  }
}
