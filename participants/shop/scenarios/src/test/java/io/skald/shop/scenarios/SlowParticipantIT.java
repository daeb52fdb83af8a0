package io.skald.shop.scenarios;

import static io.skald.shop.scenarios.OrderAssert.assertThat;
import static io.skald.shop.scenarios.OrderDraft.anOrder;
import static io.skald.shop.scenarios.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** A participant takes hundreds of times as long as it does else: longer than a step waits. */
@Scenarios(Temper.PERSISTENT)
@Order(12)
final class SlowParticipantIT {

  private static final int SLOWNESS_MILLIS = 5_000;

  private final Shop shop;

  SlowParticipantIT(Shop shop) {
    this.shop = shop;
  }

  @Test
  void shouldPayOnce_whenTheAnswerComesAfterTheNextAttempt() {
    // given
    shop.slow("payment", SLOWNESS_MILLIS);
    // when
    PlacedOrder order = shop.place(anOrder());
    // then
    assertThat(order)
        .isCompleted()
        .hasJournalWith(
            "ProcessPayment#1",
            "AttemptTimedOut payment#1",
            "ProcessPayment#2",
            "StepSucceeded payment",
            "SagaCompleted")
        .hasOneOfEachEffect();
    // and when: the attempts that nobody waits for any more are answered too
    shop.heal();
    List<Message> commands = shop.topics().read("payment-commands", order);
    assertThat(commands).hasSizeGreaterThanOrEqualTo(2);
    // then
    await().until(() -> repliesIgnored(order) == commands.size() - 1);
    assertThat(order).isCompleted().hasOneOfEachEffect();
  }

  private static long repliesIgnored(PlacedOrder order) {
    return order.told("InputIgnored TERMINAL") + order.told("InputIgnored ALREADY_SETTLED");
  }
}
