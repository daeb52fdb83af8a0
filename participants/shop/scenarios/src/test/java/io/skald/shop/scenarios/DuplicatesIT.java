package io.skald.shop.scenarios;

import static io.skald.shop.scenarios.OrderAssert.assertThat;
import static io.skald.shop.scenarios.OrderDraft.anOrder;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Scenario 6: everything comes more often than once, and has one effect. */
@Scenarios
@Order(4)
final class DuplicatesIT {

  private static final int TIMES = 10;

  private final Shop shop;

  DuplicatesIT(Shop shop) {
    this.shop = shop;
  }

  @Test
  void shouldStartOneSaga_whenTheSameOrderIsCreatedTwice() {
    // given
    PlacedOrder order = shop.place(anOrder());
    assertThat(order).isCompleted();
    // when
    shop.topics().send(shop.topics().await("order-events", order, "OrderCreated"));
    // then
    awaitTold(order, "InputIgnored REPEATED_START", 1);
    assertThat(order).isCompleted().hasOneOfEachEffect();
    assertThat(shop.engine().number("select count(*) from sagas where saga_key = ?", order.id()))
        .isEqualTo(1);
    assertThat(shop.topics().types("payment-commands", order)).containsExactly("ProcessPayment");
  }

  @Test
  void shouldStayWithTheFirst_whenAnOrderIsCreatedAgainWithAnotherPrice() {
    // given
    PlacedOrder order = shop.place(anOrder());
    assertThat(order).isCompleted();
    Message created = shop.topics().await("order-events", order, "OrderCreated");
    // when
    ObjectNode dearer = created.json().deepCopy();
    shop.topics().send(created.saying(dearer.put("totalAmount", 100_000).toString()));
    // then
    awaitTold(order, "InputIgnored CONFLICTING_START", 1);
    assertThat(order).isCompleted().hasOneOfEachEffect();
  }

  @Test
  void shouldPayOnce_whenTheSameCommandComesTenTimes() {
    // given
    PlacedOrder order = heldAtShipping();
    Message command = shop.topics().await("payment-commands", order, "ProcessPayment");
    // when: while it runs, and again when it has ended
    shop.topics().send(command, TIMES);
    awaitTold(order, "InputIgnored ALREADY_SETTLED", TIMES);
    shop.heal();
    assertThat(order).isCompleted();
    shop.topics().send(command, TIMES);
    awaitTold(order, "InputIgnored TERMINAL", TIMES);
    // then
    assertThat(order).isCompleted().hasOneOfEachEffect();
    List<Message> replies = shop.topics().read("payment-events", order);
    assertThat(replies).hasSize(1 + 2 * TIMES);
    assertThat(replies).extracting(Message::type).containsOnly("PaymentProcessed");
    assertThat(replies).extracting(Message::text).containsOnly(replies.getFirst().text());
  }

  @Test
  void shouldGoOnOnce_whenTheSameReplyComesTenTimes() {
    // given
    PlacedOrder order = heldAtShipping();
    Message reply = shop.topics().await("payment-events", order, "PaymentProcessed");
    // when: while it runs, and again when it has ended
    shop.topics().send(reply, TIMES);
    awaitTold(order, "InputIgnored ALREADY_SETTLED", TIMES);
    shop.heal();
    assertThat(order).isCompleted();
    shop.topics().send(reply, TIMES);
    awaitTold(order, "InputIgnored TERMINAL", TIMES);
    // then
    assertThat(order).isCompleted().hasOneOfEachEffect();
    assertThat(shop.topics().types("inventory-commands", order))
        .containsExactly("ReserveInventory");
  }

  @Test
  void shouldRefundOnce_whenTheSameCompensationComesTenTimes() {
    // given
    PlacedOrder order = shop.place(anOrder().to("AQ"));
    assertThat(order).isCancelled();
    // when
    shop.topics().send(shop.topics().await("payment-commands", order, "RefundPayment"), TIMES);
    awaitTold(order, "InputIgnored TERMINAL", TIMES);
    // then
    assertThat(order)
        .isCancelled()
        .hasFence("payment COMPENSATED", "inventory COMPENSATED", "shipping REJECTED")
        .hasLedger("USR-123 -> SHOP 99.99", "SHOP -> USR-123 99.99")
        .hasReservations("2 PROD-456 RELEASED");
  }

  /** An order that is paid and reserved, and waits for a carrier until the shop is healed. */
  private PlacedOrder heldAtShipping() {
    shop.fail("shipping");
    PlacedOrder order = shop.place(anOrder());
    Patience.await().until(() -> order.told("AttemptFailed shipping#1") == 1);
    return order;
  }

  private static void awaitTold(PlacedOrder order, String entry, int times) {
    Patience.await()
        .untilAsserted(
            () -> assertThat(order.told(entry)).as("'%s' of %s", entry, order).isEqualTo(times));
  }
}
