package io.skald.shop.scenarios;

import static io.skald.shop.scenarios.OrderAssert.assertThat;
import static io.skald.shop.scenarios.OrderDraft.anOrder;
import static org.assertj.core.api.Assertions.assertThat;

import io.skald.saga.Retry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Scenario 4: payment fails transiently three times, then works. */
@Scenarios
@Order(3)
final class TransientFailureIT {

  /** That of the order saga, unless it is configured otherwise. */
  private static final Retry POLICY =
      Retry.exponential(Duration.ofMillis(200))
          .factor(2)
          .jitter(0.2)
          .maxDelay(Duration.ofSeconds(30))
          .maxAttempts(8);

  private static final double LARGEST_RANDOM = Math.nextDown(1.0);

  private final Shop shop;

  TransientFailureIT(Shop shop) {
    this.shop = shop;
  }

  @Test
  void shouldTryAgainWithGrowingGaps_whenPaymentFailsThreeTimes() {
    // given
    shop.failFirst("payment", 3);
    // when
    PlacedOrder order = shop.place(anOrder());
    // then
    assertThat(order)
        .isCompleted()
        .hasJournal(
            "SagaStarted",
            "ProcessPayment#1",
            "AttemptFailed payment#1",
            "ProcessPayment#2",
            "AttemptFailed payment#2",
            "ProcessPayment#3",
            "AttemptFailed payment#3",
            "ProcessPayment#4",
            "StepSucceeded payment",
            "ReserveInventory#1",
            "StepSucceeded inventory",
            "ScheduleShipping#1",
            "StepSucceeded shipping",
            "CompleteOrder#1",
            "StepSucceeded complete",
            "SagaCompleted")
        .hasOneOfEachEffect();
    List<Duration> gaps = plannedGaps(order.journal());
    for (int attempt = 1; attempt <= 3; attempt++) {
      assertThat(gaps.get(attempt - 1))
          .as("gap after attempt %d", attempt)
          .isBetween(
              POLICY.delay(attempt, 0),
              // An instant of the journal has no fractions of a microsecond.
              POLICY.delay(attempt, LARGEST_RANDOM).plusNanos(1_000));
    }
    assertThat(gaps).isSorted().doesNotHaveDuplicates();
    assertNoAttemptBeforeItsTime(order.journal());
  }

  private static List<Duration> plannedGaps(List<Entry> journal) {
    List<Duration> gaps = new ArrayList<>();
    for (Entry entry : journal) {
      if (entry.type().equals("AttemptFailed")) {
        gaps.add(Duration.between(entry.at(), entry.instant("retryAt")));
      }
    }
    return gaps;
  }

  private static void assertNoAttemptBeforeItsTime(List<Entry> journal) {
    for (int i = 1; i < journal.size(); i++) {
      if (journal.get(i - 1).type().equals("AttemptFailed")) {
        Instant due = journal.get(i - 1).instant("retryAt");
        assertThat(journal.get(i).told()).startsWith("ProcessPayment#");
        assertThat(journal.get(i).at()).isAfterOrEqualTo(due);
      }
    }
  }
}
