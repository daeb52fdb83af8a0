package io.skald.saga;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skald.saga.Orders.InventoryReserved;
import io.skald.saga.Orders.Notify;
import io.skald.saga.Orders.Order;
import io.skald.saga.Orders.OrderCreated;
import io.skald.saga.Orders.PaymentProcessed;
import io.skald.saga.Orders.ProcessPayment;
import io.skald.saga.Orders.RefundPayment;
import io.skald.saga.Orders.ReleaseInventory;
import io.skald.saga.Orders.VoidPayment;
import io.skald.saga.message.MessageType;
import io.skald.saga.message.StepName;
import io.skald.saga.message.Topic;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SagaDefinitionTest {

  private static final Order ORDER = new Order("ORD-1", "");

  private final SagaDefinition<Order> saga = Orders.whole();

  @Test
  void shouldHaveWhatWasSaid_whenBuilt() {
    assertThat(saga.name()).isEqualTo("order");
    assertThat(saga.version()).isEqualTo(3);
    assertThat(saga.dataType()).isEqualTo(Order.class);
    assertThat(saga.deadline()).contains(Duration.ofDays(3));
    assertThat(saga).hasToString("order v3");
    assertThat(saga.steps())
        .extracting(step -> step.name() + " " + step.kind())
        .containsExactly(
            "payment COMPENSATABLE",
            "inventory COMPENSATABLE",
            "greeting COMPENSATABLE",
            "shipping PIVOT",
            "notify RETRIABLE");
  }

  @Test
  void shouldMakeMessages_whenAskedForAStep() {
    // given
    StepDefinition<Order> payment = step("payment");
    Compensation<Order> undo = payment.compensation().orElseThrow();
    PaymentProcessed paid = new PaymentProcessed("PAY-1");
    // then
    assertThat(payment.participant()).isEqualTo(Orders.PAYMENT);
    assertThat(payment.commandType()).isEqualTo(new MessageType("ProcessPayment", 1));
    assertThat(payment.replyType()).isEqualTo(PaymentProcessed.class);
    assertThat(payment.command().apply(ORDER)).isEqualTo(new ProcessPayment("ORD-1"));
    assertThat(payment.onReply().orElseThrow().apply(ORDER, paid)).isEqualTo(ORDER.paid(paid));
    assertThat(undo.type()).isEqualTo(new MessageType("RefundPayment", 1));
    assertThat(undo.typeWhenUnknown()).isEqualTo(new MessageType("VoidPayment", 1));
    assertThat(undo.afterSuccess().apply(ORDER, paid)).isEqualTo(new RefundPayment("PAY-1"));
    assertThat(undo.whenUnknown().apply(ORDER)).isEqualTo(new VoidPayment("ORD-1"));
  }

  @Test
  void shouldCompensateByOneCommand_whenTheReplyDoesNotMatter() {
    // given
    Compensation<Order> undo = step("inventory").compensation().orElseThrow();
    // then
    assertThat(undo.type()).isEqualTo(undo.typeWhenUnknown());
    assertThat(undo.afterSuccess().apply(ORDER, new InventoryReserved("RES-1")))
        .isEqualTo(undo.whenUnknown().apply(ORDER))
        .isEqualTo(new ReleaseInventory("ORD-1"));
  }

  @Test
  void shouldTakeTheStepsPolicies_whenTheyAreSaid() {
    // given
    StepDefinition<Order> payment = step("payment");
    Compensation<Order> undo = payment.compensation().orElseThrow();
    // then
    assertThat(payment.timeout()).isEqualTo(Duration.ofSeconds(20));
    assertThat(payment.retry().finalCodes()).containsExactlyInAnyOrder("say \"no\"\n", "LIMIT");
    assertThat(undo.timeout()).isEqualTo(Duration.ofSeconds(20));
    assertThat(undo.retry())
        .isEqualTo(Retry.fixed(Duration.ofMinutes(1)).within(Duration.ofHours(2)));
  }

  @Test
  void shouldHaveTheDefaultsOfTheJavadoc_whenNothingIsSaid() {
    // given
    StepDefinition<Order> inventory = step("inventory");
    // then
    assertThat(inventory.timeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(inventory.retry()).isEqualTo(Retry.exponential(Duration.ofMillis(200)));
    assertThat(inventory.compensation().orElseThrow().retry())
        .isEqualTo(
            Retry.exponential(Duration.ofSeconds(1))
                .maxDelay(Duration.ofMinutes(5))
                .within(Duration.ofHours(24)));
    assertThat(step("greeting").onReply()).isEmpty();
    assertThat(step("greeting").compensation()).isEmpty();
    assertThat(step("shipping").compensation()).isEmpty();
  }

  @Test
  void shouldTakeKeyAndDataFromTheEvent_whenStartedByOne() {
    // given
    @SuppressWarnings("unchecked") // the one start event of the saga
    StartEvent<Order, OrderCreated> start =
        (StartEvent<Order, OrderCreated>) saga.startEvents().getFirst();
    // then
    assertThat(saga.startEvents()).hasSize(1);
    assertThat(start.messageType()).isEqualTo(new MessageType("OrderCreated", 1));
    assertThat(start.key().apply(new OrderCreated("ORD-1"))).isEqualTo("ORD-1");
    assertThat(start.data().apply(new OrderCreated("ORD-1"))).isEqualTo(ORDER);
  }

  @Test
  void shouldListenToStartsAndReplies_whenAskedForItsTopics() {
    assertThat(saga.inputTopics())
        .extracting(Topic::name)
        .containsExactly(
            "inventory-events",
            "notification-events",
            "order-events",
            "payment-events",
            "shipping-events");
  }

  @Test
  void shouldFindNoStep_whenThereIsNoneOfThatName() {
    assertThat(saga.step(new StepName("nowhere"))).isEqualTo(Optional.empty());
  }

  @Test
  void shouldNotLetItselfBeChanged_whenItsPartsAreHandedOut() {
    assertThatThrownBy(() -> saga.steps().clear())
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> saga.startEvents().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void shouldStayAsItWas_whenItsBuilderGoesOn() {
    // given
    Saga.Forward<Order, ?> last = Orders.shipping(Orders.head());
    SagaDefinition<Order> before = last.build();
    // when
    SagaDefinition<Order> after =
        last.timeout(Duration.ofHours(7))
            .then("notify", Orders.NOTIFICATION, Notify.class, o -> new Notify(o.id()))
            .build();
    // then
    assertThat(before.steps()).hasSize(1);
    assertThat(before.steps().getFirst().timeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(after.steps()).hasSize(2);
  }

  private StepDefinition<Order> step(String name) {
    return saga.step(new StepName(name)).orElseThrow();
  }
}
