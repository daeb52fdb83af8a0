package io.skald.examples.compared;

import static io.skald.examples.compared.Parts.charge;
import static io.skald.examples.compared.Parts.order;
import static java.time.Duration.ofDays;
import static org.assertj.core.api.Assertions.assertThat;

import io.skald.examples.compared.Parts.Approved;
import io.skald.examples.compared.Parts.Charged;
import io.skald.examples.compared.Parts.Order;
import io.skald.machine.CompensationCause;
import io.skald.machine.IgnoreReason;
import io.skald.machine.SagaStatus;
import io.skald.saga.SagaDefinition;
import io.skald.testkit.SagaTest;
import org.junit.jupiter.api.Test;

/** What comes from outside while a saga is under way: a person's decision, for one. */
class SignalsTest {

  private static final SagaDefinition<Order> DEFINITION =
      charge(order()).await("approval", Approved.class, ofDays(2), Order::with).build();

  private final SagaTest<Order> saga = SagaTest.of(DEFINITION).start(Order.placed());

  @Test
  void shouldGoOnByWhatAPersonDecided_whenTheyDid() {
    saga.succeed("charge", new Charged("C-1"))
        .expectWaitingAt("approval")
        .signal("approval", new Approved("ann"))
        .expectStatus(SagaStatus.COMPLETED);
    assertThat(saga.data().approvedBy()).isEqualTo("ann");
  }

  @Test
  void shouldNotLoseASignal_whenItComesBeforeItIsAwaited() {
    saga.signal("approval", new Approved("ann"))
        .succeed("charge", new Charged("C-1"))
        .expectStatus(SagaStatus.COMPLETED);
  }

  @Test
  void shouldTakeTheFirst_whenASignalComesTwice() {
    saga.signal("approval", new Approved("ann"))
        .signal("approval", new Approved("ben"))
        .expectIgnored(IgnoreReason.REPEATED_SIGNAL);
  }

  @Test
  void shouldGiveTheMoneyBack_whenNobodyDecides() {
    saga.succeed("charge", new Charged("C-1"))
        .advance(ofDays(2))
        .expectCause(CompensationCause.NO_SIGNAL);
  }
}
