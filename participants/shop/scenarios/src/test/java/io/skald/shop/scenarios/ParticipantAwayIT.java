package io.skald.shop.scenarios;

import static io.skald.shop.scenarios.OrderAssert.assertThat;
import static io.skald.shop.scenarios.OrderDraft.anOrder;
import static io.skald.shop.scenarios.OrderDraft.anOrderOf;
import static io.skald.shop.scenarios.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.skald.standalone.ServiceProcess;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Participants are away for longer than the steps before the point of no return are tried. */
@Scenarios(Temper.HASTY)
@Order(9)
final class ParticipantAwayIT {

  private final Shop shop;

  ParticipantAwayIT(Shop shop) {
    this.shop = shop;
  }

  @Test
  void shouldUndoWhatNobodyKnowsAbout_whenPaymentIsAwayForLongerThanItIsTried() {
    // given
    ServiceProcess orchestrator = shop.orchestrator();
    orchestrator.stop();
    PlacedOrder order = shop.place(anOrder());
    await().until(shop::hasPublishedAllOrders);
    shop.process().stop();
    // when
    orchestrator.start();
    orchestrator.awaitHealthy(Patience.LIMIT);
    await().until(() -> order.told("VoidPayment#1") == 1);
    shop.process().start();
    shop.process().awaitHealthy(Patience.LIMIT);
    // then: it reads what it was asked in the order in which it was asked
    assertThat(order)
        .isCancelled()
        .hasReason("STEP_GIVEN_UP")
        .hasJournalWith(
            "ProcessPayment#3",
            "StepGivenUp payment",
            "SagaCompensating STEP_GIVEN_UP",
            "VoidPayment#1",
            "StepCompensated payment",
            "SagaCompensated")
        .hasFence("payment COMPENSATED")
        .hasLedger("USR-123 -> SHOP 99.99", "SHOP -> USR-123 99.99");
    assertThat(shop.place(anOrder())).isCompleted().hasOneOfEachEffect();
  }

  @Test
  void shouldLetOtherOrdersPass_whenShippingDoesNotAnswer() {
    // given
    shop.silence("shipping");
    PlacedOrder waiting = shop.place(anOrder());
    await().until(() -> waiting.told("AttemptTimedOut shipping#3") == 1);
    // when
    PlacedOrder refused = shop.place(anOrderOf("PROD-NONE", 1));
    // then
    assertThat(refused).isCancelled().hasJournalWith("StepRejected inventory", "SagaCompensated");
    assertThat(waiting.sagaStatus()).isEqualTo("RUNNING");
    // and when
    shop.heal();
    // then
    assertThat(waiting).isCompleted().hasOneOfEachEffect();
  }
}
