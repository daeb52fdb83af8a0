package io.skald.shop.orchestrator;

import static io.skald.shop.orchestrator.Orders.CREATED;
import static io.skald.shop.orchestrator.Orders.ITEMS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.skald.saga.Compensation;
import io.skald.saga.SagaDefinition;
import io.skald.saga.StartEvent;
import io.skald.saga.StepDefinition;
import io.skald.saga.StepKind;
import io.skald.saga.message.StepName;
import io.skald.shop.messages.CompleteOrder;
import io.skald.shop.messages.InventoryReserved;
import io.skald.shop.messages.OrderItem;
import io.skald.shop.messages.PaymentProcessed;
import io.skald.shop.messages.ProcessPayment;
import io.skald.shop.messages.RefundPayment;
import io.skald.shop.messages.ReleaseInventory;
import io.skald.shop.messages.ReserveInventory;
import io.skald.shop.messages.ScheduleShipping;
import io.skald.shop.messages.ShippingScheduled;
import io.skald.shop.messages.Shop;
import io.skald.shop.messages.VoidPayment;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OrderSagaTest {

  private final SagaDefinition<Order> saga = Orders.sagaWith(Map.of());

  @Test
  void shouldTellTheStoryInOrder_whenRead() {
    assertThat(saga.steps())
        .extracting(s -> s.name().value(), StepDefinition::kind, StepDefinition::participant)
        .containsExactly(
            tuple("payment", StepKind.COMPENSATABLE, Shop.PAYMENT),
            tuple("inventory", StepKind.COMPENSATABLE, Shop.INVENTORY),
            tuple("shipping", StepKind.PIVOT, Shop.SHIPPING),
            tuple("complete", StepKind.RETRIABLE, Shop.ORDER));
  }

  @Test
  void shouldStartFromTheOrder_whenItIsCreated() {
    // given
    assertThat(saga.startEvents()).hasSize(1);
    // when
    Order order = startedBy(saga.startEvents().getFirst());
    // then
    assertThat(order)
        .isEqualTo(
            new Order("ORD-1", "USR-123", ITEMS, new BigDecimal("99.90"), "DE", null, null, null));
  }

  @Test
  void shouldAskEachParticipantWithWhatItNeeds_whenRepliesComeIn() {
    // given
    Order order = Order.from(CREATED);
    Order paid =
        replied(
            "payment",
            order,
            new PaymentProcessed("ORD-1", "PAY-1", "USR-123", new BigDecimal("99.90")));
    Order reserved = replied("inventory", paid, new InventoryReserved("ORD-1", "RES-1", ITEMS));
    Order scheduled =
        replied("shipping", reserved, new ShippingScheduled("ORD-1", "TRK-1", "NORDPOST"));
    // then
    assertThat(command("payment", order))
        .isEqualTo(new ProcessPayment("ORD-1", "USR-123", new BigDecimal("99.90")));
    assertThat(command("inventory", paid)).isEqualTo(new ReserveInventory("ORD-1", ITEMS));
    assertThat(command("shipping", reserved)).isEqualTo(new ScheduleShipping("ORD-1", "DE"));
    assertThat(command("complete", scheduled)).isEqualTo(new CompleteOrder("ORD-1", "TRK-1"));
    assertThat(scheduled.paymentId()).isEqualTo("PAY-1");
    assertThat(scheduled.reservationId()).isEqualTo("RES-1");
  }

  @Test
  void shouldRefundWhatIsKnownAndVoidWhatIsNot_whenPaymentIsUndone() {
    // given
    Order order = Order.from(CREATED);
    Compensation<Order> undo = step("payment").compensation().orElseThrow();
    // then
    assertThat(
            undo.afterSuccess()
                .apply(
                    order,
                    new PaymentProcessed("ORD-1", "PAY-1", "USR-123", new BigDecimal("99.90"))))
        .isEqualTo(new RefundPayment("ORD-1", "PAY-1"));
    assertThat(undo.whenUnknown().apply(order)).isEqualTo(new VoidPayment("ORD-1"));
    assertThat(step("inventory").compensation().orElseThrow().whenUnknown().apply(order))
        .isEqualTo(new ReleaseInventory("ORD-1"));
  }

  @Test
  void shouldTakeItsPatienceFromTheConfiguration_whenSet() {
    // when
    SagaDefinition<Order> hasty =
        Orders.sagaWith(
            Map.of(
                "shop.saga.deadline", "PT10S",
                "shop.saga.step-timeout", "PT0.5S",
                "shop.saga.retry.initial", "PT0.05S",
                "shop.saga.retry.factor", "3",
                "shop.saga.retry.max-attempts", "4"));
    // then
    StepDefinition<Order> payment = hasty.step(new StepName("payment")).orElseThrow();
    assertThat(hasty.deadline()).contains(Duration.ofSeconds(10));
    assertThat(payment.timeout()).isEqualTo(Duration.ofMillis(500));
    assertThat(payment.retry().initial()).isEqualTo(Duration.ofMillis(50));
    assertThat(payment.retry().factor()).isEqualTo(3);
    assertThat(payment.retry().maxAttempts()).contains(4);
    assertThat(hasty.fingerprint()).isEqualTo(saga.fingerprint());
  }

  @Test
  void shouldShipToGermany_whenNoCountryIsGiven() {
    assertThat(order("USR-123", ITEMS, "10", null).country()).isEqualTo("DE");
  }

  @Test
  void shouldRefuseData_whenNoParticipantCouldWorkWithIt() {
    assertThatThrownBy(() -> order(" ", ITEMS, "10", "DE")).hasMessageContaining("userId");
    assertThatThrownBy(() -> order("USR-123", List.of(), "10", "DE")).hasMessageContaining("items");
    assertThatThrownBy(() -> order("USR-123", ITEMS, "0", "DE")).hasMessageContaining("amount");
    assertThatThrownBy(() -> order("USR-123", ITEMS, "1.001", "DE")).hasMessageContaining("amount");
    assertThatThrownBy(() -> order("USR-123", ITEMS, "1e999999999", "DE"))
        .hasMessageContaining("amount");
  }

  @SuppressWarnings("NullAway") // like a JSON reader, which passes null for what is not there
  private static Order order(
      String userId, List<OrderItem> items, String amount, @Nullable String country) {
    return new Order("ORD-1", userId, items, new BigDecimal(amount), country, null, null, null);
  }

  private static <E> Order startedBy(StartEvent<Order, E> start) {
    E event = start.type().cast(CREATED);
    assertThat(start.topic()).isEqualTo(Shop.ORDER_EVENTS);
    assertThat(start.key().apply(event)).isEqualTo("ORD-1");
    return start.data().apply(event);
  }

  private StepDefinition<Order> step(String name) {
    return saga.step(new StepName(name)).orElseThrow();
  }

  private Object command(String step, Order order) {
    return step(step).command().apply(order);
  }

  private Order replied(String step, Order order, Object reply) {
    return step(step).onReply().orElseThrow().apply(order, reply);
  }
}
