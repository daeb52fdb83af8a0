package io.skald.shop.scenarios;

import static io.skald.shop.scenarios.OrderAssert.assertThat;
import static io.skald.shop.scenarios.OrderDraft.anOrder;
import static org.assertj.core.api.Assertions.assertThat;

import io.skald.saga.message.WireHeaders;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Scenario 5: a participant does not answer. */
@Scenarios(Temper.HASTY)
@Order(9)
final class SilentParticipantIT {

  private final Shop shop;

  SilentParticipantIT(Shop shop) {
    this.shop = shop;
  }

  @Test
  void shouldVoidThePaymentAndRefuseItLater_whenPaymentIsSilent() {
    // given
    Books before = shop.books();
    shop.silence("payment");
    // when
    PlacedOrder order = shop.place(anOrder());
    // then
    assertThat(order)
        .isCancelled()
        .hasReason("STEP_GIVEN_UP")
        .hasJournalWith(
            "SagaStarted",
            "ProcessPayment#1",
            "AttemptTimedOut payment#1",
            "ProcessPayment#2",
            "AttemptTimedOut payment#2",
            "ProcessPayment#3",
            "StepGivenUp payment",
            "SagaCompensating STEP_GIVEN_UP",
            "VoidPayment#1",
            "StepCompensated payment",
            "SagaCompensated")
        .hasFence("payment TOMBSTONED")
        .hasLedger();
    // and when: the commands that were swallowed come late
    shop.heal();
    List<Message> late = actions(order, "payment");
    late.forEach(shop.topics()::send);
    // then
    assertRefusedByTheTombstone(order, "payment", late);
    assertThat(order).isCancelled().hasFence("payment TOMBSTONED").hasLedger();
    assertThat(shop.books().money()).isEqualTo(before.money());
  }

  @Test
  void shouldUndoTheUnknownStepAndTheOneBefore_whenInventoryIsSilent() {
    // given
    Books before = shop.books();
    shop.silence("inventory");
    // when
    PlacedOrder order = shop.place(anOrder());
    // then
    assertThat(order)
        .isCancelled()
        .hasJournalWith(
            "StepSucceeded payment",
            "ReserveInventory#1",
            "AttemptTimedOut inventory#1",
            "ReserveInventory#2",
            "AttemptTimedOut inventory#2",
            "ReserveInventory#3",
            "StepGivenUp inventory",
            "SagaCompensating STEP_GIVEN_UP",
            "ReleaseInventory#1",
            "StepCompensated inventory",
            "RefundPayment#1",
            "StepCompensated payment",
            "SagaCompensated");
    // and when: the commands that were swallowed come late
    shop.heal();
    List<Message> late = actions(order, "inventory");
    late.forEach(shop.topics()::send);
    // then
    assertRefusedByTheTombstone(order, "inventory", late);
    assertThat(order)
        .isCancelled()
        .hasFence("payment COMPENSATED", "inventory TOMBSTONED")
        .hasLedger("USR-123 -> SHOP 99.99", "SHOP -> USR-123 99.99")
        .hasReservations();
    assertThat(shop.books().revenue()).isEqualTo(before.revenue());
    assertThat(shop.books().onHand("PROD-456")).isEqualTo(before.onHand("PROD-456"));
  }

  private List<Message> actions(PlacedOrder order, String participant) {
    List<Message> actions =
        shop.topics().read(participant + "-commands", order).stream()
            .filter(command -> command.header(WireHeaders.PHASE).equals("action"))
            .toList();
    assertThat(actions).hasSizeGreaterThanOrEqualTo(3);
    return actions;
  }

  private void assertRefusedByTheTombstone(
      PlacedOrder order, String participant, List<Message> late) {
    for (Message command : late) {
      Message refusal =
          shop.topics()
              .await(
                  participant + "-events",
                  reply -> reply.header(WireHeaders.CAUSATION_ID).equals(command.id()));
      assertThat(refusal.headers())
          .containsEntry(WireHeaders.OUTCOME, "rejected")
          .containsEntry(WireHeaders.ERROR_CODE, "TOMBSTONED");
    }
    Patience.await()
        .untilAsserted(
            () ->
                assertThat(order.told("InputIgnored TERMINAL"))
                    .as("refusals in the journal of %s", order)
                    .isEqualTo(late.size()));
  }
}
