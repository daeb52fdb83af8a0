package io.skald.saga;

import static io.skald.saga.Orders.head;
import static io.skald.saga.Orders.notification;
import static io.skald.saga.Orders.payment;
import static io.skald.saga.Orders.refunded;
import static io.skald.saga.Orders.shipping;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.skald.saga.Orders.Order;
import io.skald.saga.Orders.OrderCreated;
import io.skald.saga.Orders.PaymentProcessed;
import io.skald.saga.Orders.VoidPayment;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the compiler can't refuse: a stage that was kept, and is used after the story left it. */
class StagesAreUsedOnceTest {

  private static final String CHANGED =
      "Saga 'order': step '%s' is changed after the story has gone on; say all about a step in one"
          + " chain, and once";
  private static final String ADDED =
      "Saga 'order': step '%s' is added at a place that the story has left; add each step to what"
          + " the one before it gave";
  private static final String BUILT =
      "Saga 'order' is built at a place that the story has left; call build() on what the last step"
          + " gave";
  private static final String OWES =
      "Saga 'order': step 'payment' does not say how it is undone; add compensate(...), or"
          + " nothingToCompensate() when it leaves no effect";

  @Test
  void shouldRefuse_whenAStepIsCompensatedTwice() {
    // given
    Saga.OwesCompensation<Order, PaymentProcessed> step = payment(head());
    refunded(step);
    // when
    Saga.BeforePivot<Order> again = step.compensate(VoidPayment.class, o -> new VoidPayment("1"));
    // then
    assertThat(faultsOf(again)).containsExactly(CHANGED.formatted("payment"));
  }

  @Test
  void shouldRefuse_whenACompensationIsWaivedAfterItWasSaid() {
    // given
    Saga.OwesCompensation<Order, PaymentProcessed> step = payment(head());
    refunded(step);
    // then
    assertThat(faultsOf(step.nothingToCompensate())).containsExactly(CHANGED.formatted("payment"));
  }

  @Test
  void shouldRefuse_whenAStepStillOwesItsCompensation() {
    // given
    Saga.Started<Order> head = head();
    payment(head);
    // then
    assertThat(faultsOf(head)).containsExactly(OWES, BUILT);
  }

  @Test
  void shouldRefuse_whenAStepIsAddedBehindOneThatOwesItsCompensation() {
    // given
    Saga.Started<Order> head = head();
    payment(head);
    // then
    assertThat(faultsOf(refunded(payment(head, "again"))))
        .containsExactly(OWES, ADDED.formatted("again"));
  }

  @Test
  void shouldRefuse_whenAStepIsAddedBehindThePivot() {
    // given
    Saga.BeforePivot<Order> before = refunded(payment(head()));
    shipping(before);
    // then
    assertThat(faultsOf(refunded(payment(before, "late"))))
        .containsExactly(ADDED.formatted("late"));
  }

  @Test
  void shouldRefuse_whenThereAreTwoPivots() {
    // given
    Saga.BeforePivot<Order> before = refunded(payment(head()));
    shipping(before);
    Saga.AfterPivot<Order> second =
        before.pivot(
            "again", Orders.NOTIFICATION, Orders.Notify.class, o -> new Orders.Notify("1"));
    // then
    assertThat(faultsOf(second::build)).containsExactly(ADDED.formatted("again"));
  }

  @Test
  void shouldRefuse_whenTheStoryForks() {
    // given
    Saga.Forward<Order, ?> pivot = shipping(head());
    notification(pivot);
    // then
    assertThat(faultsOf(pivot::build)).containsExactly(BUILT);
    assertThat(faultsOf(notification(pivot)::build)).contains(ADDED.formatted("notify"));
  }

  @Test
  void shouldRefuse_whenAStepIsChangedLate() {
    // given
    Saga.OwesCompensation<Order, PaymentProcessed> step = payment(head());
    Saga.Forward<Order, Orders.ShippingScheduled> pivot = shipping(refunded(step));
    Saga.AfterPivot<Order> last = notification(pivot);
    // when
    step.timeout(Duration.ofSeconds(1))
        .retry(Retry.none())
        .compensationRetry(Retry.none())
        .onReply(Order::paid);
    pivot.timeout(Duration.ofSeconds(1)).retry(Retry.none()).onReply((o, r) -> o);
    // then
    assertThat(faultsOf(last::build))
        .containsExactly(
            CHANGED.formatted("payment"),
            CHANGED.formatted("payment"),
            CHANGED.formatted("payment"),
            CHANGED.formatted("payment"),
            CHANGED.formatted("shipping"),
            CHANGED.formatted("shipping"),
            CHANGED.formatted("shipping"));
  }

  @Test
  void shouldRefuse_whenTheHeadIsChangedAfterAStep() {
    // given
    Saga.Started<Order> head = head();
    Saga.BeforePivot<Order> story = refunded(payment(head));
    // when
    head.deadline(Duration.ofDays(1))
        .startedBy(Orders.ORDER_EVENTS, OrderCreated.class, OrderCreated::orderId, Order::from);
    // then
    assertThat(faultsOf(story))
        .containsExactly(
            "Saga 'order' is given its deadline after its first step; say it before that",
            "Saga 'order' is told how it starts after its first step; say so before it");
  }

  @Test
  void shouldGiveTheSame_whenBuiltTwice() {
    // given
    Saga.BeforePivot<Order> story = refunded(payment(head()));
    // then
    assertThat(story.build().toJson()).isEqualTo(story.build().toJson());
  }

  @Test
  void shouldAllowStages_whenEachIsUsedInItsTurn() {
    // given a definition that is written with variables and conditions
    Saga.Started<Order> head = head();
    head.deadline(Duration.ofDays(1));
    Saga.BeforePivot<Order> story = head;
    Saga.OwesCompensation<Order, PaymentProcessed> step = payment(story);
    step.timeout(Duration.ofSeconds(1));
    story = refunded(step);
    // then
    assertThat(shipping(story).build().steps()).hasSize(2);
  }

  private static List<String> faultsOf(Saga.BeforePivot<Order> story) {
    return faultsOf(story::build);
  }

  private static List<String> faultsOf(Runnable build) {
    return catchThrowableOfType(InvalidDefinitionException.class, build::run).faults();
  }
}
