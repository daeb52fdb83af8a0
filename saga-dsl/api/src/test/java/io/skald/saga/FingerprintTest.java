package io.skald.saga;

import static org.assertj.core.api.Assertions.assertThat;

import io.skald.saga.Orders.Order;
import io.skald.saga.message.Command;
import io.skald.saga.message.Message;
import io.skald.saga.message.Participant;
import io.skald.saga.message.Topic;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class FingerprintTest {

  private static final Participant BANK = Participant.named("bank");

  @Test
  void shouldBeTheSame_whenTheStructureIsTheSame() {
    assertThat(rest(paid(head())).fingerprint())
        .isEqualTo(rest(paid(head())).fingerprint())
        .matches("[0-9a-f]{32}");
  }

  @Test
  void shouldBeTheSame_whenAnotherReleaseComputesIt() {
    // It is stored with the sagas: another algorithm would stop every orchestrator that has some.
    assertThat(Orders.whole().fingerprint()).isEqualTo("87022859593d73abff91058ea09e5e46");
  }

  @Test
  void shouldBeTheSame_whenOnlyPoliciesStartsNameAndVersionDiffer() {
    // given
    Retry other = Retry.fixed(Duration.ofSeconds(3)).unlimited().stopOn("X");
    SagaDefinition<Order> tuned =
        Saga.define("other", 2, Order.class)
            .startedBy(Topic.of("events"), Paid.class, e -> "key", e -> new Order("1", ""))
            .deadline(Duration.ofDays(9))
            .step("pay", BANK, Pay.class, o -> new Pay())
            .timeout(Duration.ofSeconds(77))
            .retry(other)
            .compensationRetry(other)
            .onReply((o, reply) -> o)
            .compensate(Refund.class, (o, reply) -> new Refund(), Undo.class, o -> new Undo())
            .pivot("ship", BANK, Ship.class, o -> new Ship())
            .timeout(Duration.ofSeconds(77))
            .retry(other)
            .then("tell", BANK, Tell.class, o -> new Tell())
            .build();
    // then
    assertThat(tuned.fingerprint()).isEqualTo(rest(paid(head())).fingerprint());
  }

  @Test
  void shouldDiffer_whenTheDataTypeDiffers() {
    differs(
        pivot(Saga.define("order", 1, Order.class).startedByApi()),
        pivot(Saga.define("order", 1, Paid.class).startedByApi()));
  }

  @Test
  void shouldDiffer_whenTheSagasOfAKeyExcludeEachOtherInAnotherWay() {
    differs(rest(paid(head())), rest(paid(exclusive(Exclusive.QUEUE))));
    differs(rest(paid(exclusive(Exclusive.REJECT))), rest(paid(exclusive(Exclusive.QUEUE))));
  }

  private static Saga.Started<Order> exclusive(Exclusive second) {
    return Saga.define("order", 1, Order.class).startedByApi().exclusive(second);
  }

  @Test
  void shouldDiffer_whenAStepsNameDiffers() {
    differs(rest(paid(head())), rest(refunded(pay(head(), "paying", BANK))));
  }

  @Test
  void shouldDiffer_whenAParticipantDiffers() {
    differs(rest(paid(head())), rest(refunded(pay(head(), "pay", Participant.named("till")))));
  }

  @Test
  void shouldDiffer_whenACommandDiffers() {
    differs(sending(Pay.class, Pay::new), sending(PayInCash.class, PayInCash::new));
  }

  @Test
  void shouldDiffer_whenACommandsVersionDiffers() {
    differs(sending(Pay.class, Pay::new), sending(PayTwo.class, PayTwo::new));
  }

  @Test
  void shouldDiffer_whenAReplyDiffers() {
    differs(sending(Pay.class, Pay::new), sending(PayOther.class, PayOther::new));
  }

  @Test
  void shouldDiffer_whenACompensationDiffers() {
    differs(
        rest(paid(head())),
        rest(
            pay(head(), "pay", BANK)
                .compensate(Tell.class, (o, reply) -> new Tell(), Undo.class, o -> new Undo())));
  }

  @Test
  void shouldDiffer_whenTheCompensationForAnUnknownOutcomeDiffers() {
    differs(
        rest(paid(head())),
        rest(pay(head(), "pay", BANK).compensate(Refund.class, o -> new Refund())));
  }

  @Test
  void shouldDiffer_whenThereIsNothingToCompensate() {
    differs(rest(paid(head())), rest(pay(head(), "pay", BANK).nothingToCompensate()));
  }

  @Test
  void shouldDiffer_whenAStepIsOfAnotherKind() {
    differs(pay(head(), "pay", BANK).nothingToCompensate().build(), pivot(head()));
    differs(
        pay(head(), "pay", BANK)
            .nothingToCompensate()
            .pivot("ship", BANK, Ship.class, o -> new Ship())
            .build(),
        head()
            .pivot("pay", BANK, Pay.class, o -> new Pay())
            .then("ship", BANK, Ship.class, o -> new Ship())
            .build());
  }

  @Test
  void shouldDiffer_whenThereAreFewerSteps() {
    differs(
        rest(paid(head())), paid(head()).pivot("ship", BANK, Ship.class, o -> new Ship()).build());
  }

  @Test
  void shouldDiffer_whenStepsSwapTheirPlaces() {
    differs(
        refunded(pay(refunded(pay(head(), "a", BANK)), "b", BANK)).build(),
        refunded(pay(refunded(pay(head(), "b", BANK)), "a", BANK)).build());
  }

  private static void differs(SagaDefinition<?> one, SagaDefinition<?> other) {
    assertThat(one.fingerprint()).isNotEqualTo(other.fingerprint());
  }

  private static Saga.Started<Order> head() {
    return Saga.define("order", 1, Order.class).startedByApi();
  }

  private static Saga.BeforePivot<Order> paid(Saga.BeforePivot<Order> story) {
    return refunded(pay(story, "pay", BANK));
  }

  private static Saga.OwesCompensation<Order, Paid> pay(
      Saga.BeforePivot<Order> story, String name, Participant participant) {
    return story.step(name, participant, Pay.class, o -> new Pay());
  }

  private static Saga.BeforePivot<Order> refunded(Saga.OwesCompensation<Order, Paid> step) {
    return step.compensate(Refund.class, (o, reply) -> new Refund(), Undo.class, o -> new Undo());
  }

  private static SagaDefinition<Order> rest(Saga.BeforePivot<Order> story) {
    return story
        .pivot("ship", BANK, Ship.class, o -> new Ship())
        .then("tell", BANK, Tell.class, o -> new Tell())
        .build();
  }

  private static <D> SagaDefinition<D> pivot(Saga.BeforePivot<D> story) {
    return story.pivot("pay", BANK, Pay.class, o -> new Pay()).build();
  }

  private static <R, C extends Command<R>> SagaDefinition<Order> sending(
      Class<C> type, Supplier<C> make) {
    Function<Order, C> command = order -> make.get();
    return head().step("pay", BANK, type, command).nothingToCompensate().build();
  }

  record Pay() implements Command<Paid> {}

  record PayInCash() implements Command<Paid> {}

  @Message(name = "Pay", version = 2)
  record PayTwo() implements Command<Paid> {}

  @Message(name = "Pay")
  record PayOther() implements Command<Done> {}

  record Paid() {}

  record Refund() implements Command<Done> {}

  record Undo() implements Command<Done> {}

  record Ship() implements Command<Done> {}

  record Tell() implements Command<Done> {}

  record Done() {}
}
