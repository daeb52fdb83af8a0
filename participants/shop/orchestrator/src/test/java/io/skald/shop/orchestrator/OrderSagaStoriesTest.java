package io.skald.shop.orchestrator;

import static java.time.Duration.ofDays;
import static org.assertj.core.api.Assertions.assertThat;

import io.skald.machine.CompensationCause;
import io.skald.machine.IgnoreReason;
import io.skald.machine.ParkReason;
import io.skald.machine.SagaStatus;
import io.skald.shop.messages.CompleteOrder;
import io.skald.shop.messages.InventoryReserved;
import io.skald.shop.messages.OrderCompleted;
import io.skald.shop.messages.PaymentProcessed;
import io.skald.shop.messages.ProcessPayment;
import io.skald.shop.messages.RefundPayment;
import io.skald.shop.messages.ReleaseInventory;
import io.skald.shop.messages.ReserveInventory;
import io.skald.shop.messages.ScheduleShipping;
import io.skald.shop.messages.ShippingScheduled;
import io.skald.shop.messages.VoidPayment;
import io.skald.testkit.SagaTest;
import io.skald.testkit.junit.SagaExtension;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What becomes of an order, told as its participants see it. */
class OrderSagaStoriesTest {

  @RegisterExtension
  static final SagaExtension<Order> SAGA =
      SagaExtension.started(Orders.saga(), Order.from(Orders.CREATED));

  private static final BigDecimal TOTAL = new BigDecimal("99.90");
  private static final PaymentProcessed PAID =
      new PaymentProcessed("ORD-1", "PAY-1", "USR-123", TOTAL);
  private static final InventoryReserved RESERVED =
      new InventoryReserved("ORD-1", "RES-1", Orders.ITEMS);
  private static final ShippingScheduled SCHEDULED =
      new ShippingScheduled("ORD-1", "TRK-1", "NORDPOST");

  @Test
  void shouldComplete_whenAllSucceeds(SagaTest<Order> saga) {
    saga.expectCommand("payment", new ProcessPayment("ORD-1", "USR-123", TOTAL))
        .succeed("payment", PAID)
        .expectCommand("inventory", new ReserveInventory("ORD-1", Orders.ITEMS))
        .succeed("inventory", RESERVED)
        .expectCommand("shipping", new ScheduleShipping("ORD-1", "DE"))
        .succeed("shipping", SCHEDULED)
        .expectCommand("complete", new CompleteOrder("ORD-1", "TRK-1"))
        .succeed("complete", new OrderCompleted("ORD-1", "TRK-1"))
        .expectStatus(SagaStatus.COMPLETED)
        .expectCompensations();
    assertThat(saga.data().trackingId()).isEqualTo("TRK-1");
  }

  @Test
  void shouldReleaseThenRefund_whenNobodyShips(SagaTest<Order> saga) {
    saga.succeed("payment", PAID)
        .succeed("inventory", RESERVED)
        .refuse("shipping", "NO_CARRIER")
        .expectCause(CompensationCause.STEP_REJECTED)
        .expectCommand("inventory", new ReleaseInventory("ORD-1"))
        .compensated("inventory")
        .expectCommand("payment", new RefundPayment("ORD-1", "PAY-1"))
        .compensated("payment")
        .expectCompensations("inventory", "payment")
        .expectStatus(SagaStatus.COMPENSATED);
  }

  @Test
  void shouldVoidThePayment_whenNobodyKnowsWhetherItWasMade(SagaTest<Order> saga) {
    saga.staySilentForGood("payment")
        .expectAttempt("payment", 1)
        .expectCommand("payment", new VoidPayment("ORD-1"))
        .succeedLate("payment", PAID)
        .expectIgnored(IgnoreReason.TURNED_BACK)
        .compensated("payment")
        .expectSteps("payment")
        .expectStatus(SagaStatus.COMPENSATED);
  }

  @Test
  void shouldWaitForAnOperator_whenTheRefundFailsForADay(SagaTest<Order> saga) {
    saga.succeed("payment", PAID)
        .refuse("inventory", "SOLD_OUT")
        .failToCompensate("payment", "BANK_AWAY")
        .staySilentForGood("payment")
        .expectParked(ParkReason.COMPENSATION_GIVEN_UP)
        .resume("the bank is back")
        .expectCommand("payment", new RefundPayment("ORD-1", "PAY-1"))
        .compensated("payment")
        .expectStatus(SagaStatus.COMPENSATED);
  }

  @Test
  void shouldOnlyGoForward_whenShippingIsUnderWayAtTheDeadline(SagaTest<Order> saga) {
    saga.succeed("payment", PAID)
        .succeed("inventory", RESERVED)
        .cancel("changed her mind")
        .expectIgnored(IgnoreReason.PAST_RETURN)
        .advance(ofDays(2))
        .expectParked(ParkReason.STEP_GIVEN_UP)
        .resume("a carrier is found")
        .succeed("shipping", SCHEDULED)
        .repeatReply("inventory")
        .expectIgnored(IgnoreReason.ALREADY_SETTLED)
        .succeed("complete", new OrderCompleted("ORD-1", "TRK-1"))
        .expectStatus(SagaStatus.COMPLETED);
  }
}
