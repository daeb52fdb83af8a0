package io.skald.saga;

import static io.skald.saga.Orders.INVENTORY;
import static io.skald.saga.Orders.ORDER_EVENTS;
import static io.skald.saga.Orders.PAYMENT;
import static io.skald.saga.Orders.head;
import static io.skald.saga.Orders.notification;
import static io.skald.saga.Orders.payment;
import static io.skald.saga.Orders.refunded;
import static io.skald.saga.Orders.shipping;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.skald.saga.Orders.Order;
import io.skald.saga.Orders.OrderCreated;
import io.skald.saga.Orders.PaymentProcessed;
import io.skald.saga.Orders.ProcessPayment;
import io.skald.saga.message.Command;
import io.skald.saga.message.Message;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DefinitionFaultsTest {

  private static final String BAD_NAME =
      "has a name that can't be used; use lower-case letters, digits and '-', starting with a"
          + " letter, at most 64 long";
  private static final String NOT_FOR_THE_WIRE =
      ", which has no name or version for the wire; give it @Message with a name of letters,"
          + " digits, '.', '_' and '-', and a version of 1 or above";

  @Test
  void shouldSayAllFaultsAtOnce_whenThereAreMany() {
    // given
    Saga.AfterPivot<Bag> wrong =
        Saga.define("Order!", 0, Bag.class)
            .startedBy(ORDER_EVENTS, OrderCreated.class, OrderCreated::orderId, e -> new Box())
            .startedBy(ORDER_EVENTS, OrderCreated.class, OrderCreated::orderId, e -> new Box())
            .deadline(Duration.ofSeconds(10))
            .step("Pay", PAYMENT, ProcessPayment.class, o -> new ProcessPayment("1"))
            .timeout(Duration.ofSeconds(30))
            .retry(Retry.none().within(Duration.ofHours(1)))
            .nothingToCompensate()
            .step("stock", INVENTORY, Indirect.class, o -> new Indirect())
            .timeout(Duration.ZERO)
            .nothingToCompensate()
            .pivot("stock", INVENTORY, BadlyNamed.class, o -> new BadlyNamed());
    // then
    assertThat(faultsOf(wrong::build))
        .containsExactly(
            "Saga 'Order!' " + BAD_NAME,
            "Saga 'Order!' has version 0; versions start at 1",
            "Saga 'Order!' carries Bag, which can't be read from JSON; use a record",
            "Saga 'Order!' is started twice by event OrderCreated v1 on topic 'order-events';"
                + " remove one startedBy(...)",
            "Saga 'Order!': step 'Pay' " + BAD_NAME,
            "Saga 'Order!': step 'Pay' has a timeout of PT30S, longer than the saga's deadline of"
                + " PT10S; shorten the timeout or move the deadline",
            "Saga 'Order!': step 'Pay' is retried for PT1H, longer than the saga's deadline of"
                + " PT10S; shorten the retries or move the deadline",
            "Saga 'Order!': step 'stock' sends Indirect, which does not name its reply's class; let"
                + " it implement Command<Reply> itself, with a class in place of Reply",
            "Saga 'Order!': step 'stock' has a timeout of PT0S; make it longer than zero and at"
                + " most 3660 days",
            "Saga 'Order!': step 'stock' waits for PT20.32S between its 8 attempts, longer than the"
                + " saga's deadline of PT10S; allow fewer attempts, shorten the waits or move the"
                + " deadline",
            "Saga 'Order!': step 'stock' has the name of an earlier step or block; they are"
                + " addressed by name, so rename one",
            "Saga 'Order!': step 'stock' sends BadlyNamed" + NOT_FOR_THE_WIRE,
            "Saga 'Order!': step 'stock' has a timeout of PT30S, longer than the saga's deadline of"
                + " PT10S; shorten the timeout or move the deadline");
  }

  @Test
  void shouldSayTheFaultsInItsMessage_whenThrown() throws Exception {
    // when
    InvalidDefinitionException refusal = refusalOf(() -> named("Order!").build());
    // then
    assertThat(refusal.faults()).hasSize(2);
    assertThat(refusal).hasMessage(String.join(System.lineSeparator(), refusal.faults()));
    assertThat(throughTheWire(refusal).faults()).isEqualTo(refusal.faults());
  }

  @Test
  void shouldRefuseTheSaga_whenItsNameCannotBeUsed() {
    for (String name :
        List.of("", "Order", "1order", "-order", "or der", "o".repeat(65), "örder")) {
      assertThat(faultsOf(() -> refunded(payment(named(name))).build()))
          .containsExactly("Saga '" + name + "' " + BAD_NAME);
    }
    assertThat(refunded(payment(named("o".repeat(64)))).build().name()).hasSize(64);
  }

  @Test
  void shouldRefuseTheSaga_whenItHasNoSteps() {
    assertThat(faultsOf(() -> head().build()))
        .containsExactly(
            "Saga 'order' has no steps; add at least one with step(...) or pivot(...)");
  }

  @Test
  void shouldRefuseTheData_whenItCannotBeRead() {
    assertThat(faultsOf(() -> carrying(Bag.class).build())).containsExactly(unreadable("Bag"));
    assertThat(faultsOf(() -> carrying(int.class).build())).containsExactly(unreadable("int"));
    assertThat(faultsOf(() -> carrying(Order[].class).build()))
        .containsExactly(unreadable("Order[]"));
    assertThat(faultsOf(() -> carrying(Number.class).build()))
        .containsExactly(unreadable("Number"));
  }

  @Test
  void shouldRefuseTheDeadline_whenItIsNone() {
    String mend = "; make it longer than zero and at most 3660 days, or leave it out";
    assertThat(faultsOf(() -> refunded(payment(due(Duration.ofSeconds(-1)))).build()))
        .contains("Saga 'order' has a deadline of PT-1S" + mend);
    assertThat(faultsOf(() -> refunded(payment(due(Duration.ZERO))).build()))
        .contains("Saga 'order' has a deadline of PT0S" + mend);
    assertThat(faultsOf(() -> refunded(payment(due(Duration.ofSeconds(Long.MAX_VALUE)))).build()))
        .containsExactly("Saga 'order' has a deadline of PT2562047788015215H30M7S" + mend);
  }

  @Test
  void shouldRefuseATimeout_whenItIsNone() {
    String fault = "Saga 'order': step 'payment' has a timeout of ";
    String mend = "; make it longer than zero and at most 3660 days";
    assertThat(faultsOf(() -> refunded(payment(head()).timeout(Duration.ofMillis(-1))).build()))
        .containsExactly(fault + "PT-0.001S" + mend);
    assertThat(faultsOf(() -> refunded(payment(head()).timeout(Duration.ofDays(3661))).build()))
        .containsExactly(fault + "PT87864H" + mend);
    assertThat(refunded(payment(head()).timeout(Duration.ofDays(3660))).build()).isNotNull();
  }

  @Test
  void shouldAllowATimeout_whenItIsAsLongAsTheDeadline() {
    // given
    Saga.Started<Order> due = due(Duration.ofSeconds(30));
    // then
    assertThat(shipping(refunded(payment(due))).build().steps()).hasSize(2);
  }

  @Test
  void shouldRefuseAttempts_whenTheWaitsBetweenThemAreLongerThanTheDeadline() {
    // given
    Retry thrice = Retry.exponential(Duration.ofMinutes(1)).maxDelay(ofHours(1)).maxAttempts(3);
    // then
    assertThat(
            faultsOf(
                () ->
                    refunded(
                            payment(due(Duration.ofSeconds(179).plusMillis(999)))
                                .retry(thrice.jitter(0)))
                        .build()))
        .containsExactly(
            "Saga 'order': step 'payment' waits for PT3M between its 3 attempts, longer than the"
                + " saga's deadline of PT2M59.999S; allow fewer attempts, shorten the waits or move"
                + " the deadline");
    assertThat(refunded(payment(due(ofMinutes(3))).retry(thrice.jitter(0))).build()).isNotNull();
    assertThat(refunded(payment(due(ofMinutes(2))).retry(thrice.jitter(0.5))).build()).isNotNull();
  }

  @Test
  void shouldSayTheWaits_whenThereAreMoreAttemptsThanOneCouldCount() {
    assertThat(
            faultsOf(
                () ->
                    refunded(
                            payment(due(Duration.ofDays(1)))
                                .retry(
                                    Retry.fixed(Duration.ofSeconds(1))
                                        .maxAttempts(Integer.MAX_VALUE)))
                        .build()))
        .singleElement()
        .asString()
        .contains("waits for PT596523H14M6S between its 2147483647 attempts");
  }

  @Test
  void shouldRefuseAPause_whenTheDeadlinePassesBeforeItIsOver() {
    assertThat(
            faultsOf(
                () ->
                    refunded(payment(due(Duration.ofHours(5))))
                        .pause("first", Duration.ofHours(2))
                        .parallel(
                            "both",
                            p ->
                                p.pause("short", Duration.ofHours(1))
                                    .pause("long", Duration.ofHours(2)))
                        .when(
                            "maybe",
                            o -> true,
                            then -> then.pause("skipped", Duration.ofMinutes(59)),
                            otherwise -> refunded(payment(otherwise, "other")))
                        .pause("last", Duration.ofHours(1))
                        .pause("behind", Duration.ofHours(1))
                        .build()))
        .containsExactly(
            "Saga 'order': block 'last' is over PT5H after the start at the earliest, when the"
                + " saga's deadline of PT5H has passed; shorten the pauses or move the deadline");
  }

  @Test
  void shouldNotCountPauses_whenTheyAreInsideOfAForEach() {
    // then: there may be no items
    assertThat(
            refunded(payment(due(ofHours(5))))
                .forEach(
                    "parcels",
                    String.class,
                    o -> List.of(o.id()),
                    parcel -> parcel,
                    1,
                    each -> each.pause("each", ofHours(4)))
                .pause("last", ofHours(4))
                .build())
        .isNotNull();
  }

  @Test
  void shouldNotCountPauses_whenTheyAreBehindThePivot() {
    assertThat(
            shipping(refunded(payment(due(Duration.ofHours(5)))))
                .pause("one", Duration.ofHours(4))
                .pause("two", Duration.ofHours(4))
                .build())
        .isNotNull();
  }

  @Test
  void shouldRefuseALateWay_whenTheDeadlinePassesBeforeIt() {
    assertThat(
            faultsOf(
                () ->
                    refunded(payment(due(Duration.ofHours(5))))
                        .pause("first", Duration.ofHours(2))
                        .await(
                            "approval",
                            Orders.OrderCreated.class,
                            Duration.ofHours(3),
                            (o, approved) -> o,
                            late -> refunded(payment(late, "remind")))
                        .build()))
        .containsExactly(
            "Saga 'order': block 'approval' has a way for when its limit of PT3H has passed, but"
                + " the saga's deadline of PT5H passes first; shorten the limit, move the deadline"
                + " or take that way away");
  }

  @Test
  void shouldRefuseALateWay_whenThereIsNothingInIt() {
    assertThat(
            faultsOf(
                () ->
                    refunded(payment(head()))
                        .await(
                            "approval",
                            Orders.OrderCreated.class,
                            Duration.ofHours(3),
                            (o, approved) -> o,
                            late -> late)
                        .build()))
        .containsExactly(
            "Saga 'order': block 'approval' has nothing in it; add a step or take the block away");
  }

  @Test
  void shouldRefuseTheSaga_whenItHasTooManyBlocksOrTheyAreTooDeep() {
    // given
    Saga.BeforePivot<Order> many = refunded(payment(head()));
    for (int i = 0; i < 201; i++) {
      many = many.pause("pause-" + i, Duration.ofSeconds(1));
    }
    // then
    assertThat(faultsOf(many::build))
        .containsExactly("Saga 'order' has 201 blocks, but at most 200 are allowed; split it");
    assertThat(faultsOf(() -> nested(head(), 17).build()))
        .containsExactly(
            "Saga 'order' has 17 blocks inside of each other, but at most 16 are allowed; split"
                + " it");
    assertThat(nested(head(), 16).build().steps()).hasSize(1);
  }

  private static Saga.BeforePivot<Order> nested(Saga.BeforePivot<Order> story, int depth) {
    return depth == 0 ? refunded(payment(story)) : story.inOrder(inner -> nested(inner, depth - 1));
  }

  @Test
  void shouldRefuseTheTimeoutOfThePivot_whenItIsLongerThanTheDeadline() {
    assertThat(faultsOf(() -> shipping(due(Duration.ofSeconds(29))).build()))
        .containsExactly(
            "Saga 'order': step 'shipping' has a timeout of PT30S, longer than the saga's deadline"
                + " of PT29S; shorten the timeout or move the deadline");
  }

  @Test
  void shouldNotHoldTheDeadlineAgainstASaga_whenItIsPastItsPivot() {
    // given
    Saga.Forward<Order, ?> forward =
        shipping(due(Duration.ofSeconds(9)))
            .timeout(Duration.ofSeconds(1))
            .retry(Retry.none().within(Duration.ofDays(1)));
    // then
    assertThat(notification(forward).timeout(Duration.ofHours(1)).build().steps()).hasSize(2);
  }

  @Test
  void shouldRefuseRetries_whenTheyAreLongerThanTheDeadline() {
    // given
    Duration day = Duration.ofDays(1);
    // then
    assertThat(
            faultsOf(
                () ->
                    refunded(payment(due(day)).retry(Retry.none().within(day.plusNanos(1))))
                        .build()))
        .containsExactly(
            "Saga 'order': step 'payment' is retried for PT24H0.000000001S, longer than the saga's"
                + " deadline of PT24H; shorten the retries or move the deadline");
    assertThat(refunded(payment(due(day)).retry(Retry.none().within(day))).build()).isNotNull();
  }

  @Test
  void shouldRefuseASecondStepOfOneName_whenKindsDiffer() {
    assertThat(faultsOf(() -> shipping(refunded(payment(head(), "shipping"))).build()))
        .containsExactly(
            "Saga 'order': step 'shipping' has the name of an earlier step or block; they are"
                + " addressed by name, so rename one");
  }

  @Test
  void shouldRefuseACommand_whenItsReplyIsNotNamed() {
    String mend =
        ", which does not name its reply's class; let it implement Command<Reply> itself, with a"
            + " class in place of Reply";
    assertThat(
            faultsOf(
                () ->
                    head()
                        .pivot("many", PAYMENT, ListReply.class, o -> new ListReply())
                        .then("far", PAYMENT, Indirect.class, o -> new Indirect())
                        .build()))
        .containsExactly(
            "Saga 'order': step 'many' sends ListReply" + mend,
            "Saga 'order': step 'far' sends Indirect" + mend);
  }

  @Test
  void shouldRefuseAMessage_whenItHasNoNameForTheWire() {
    // given
    Saga.BeforePivot<Order> wrong =
        Saga.define("order", 1, Order.class)
            .startedBy(ORDER_EVENTS, int[].class, e -> "key", e -> new Order("1", ""))
            .step("payment", PAYMENT, ArrayReply.class, o -> new ArrayReply())
            .compensate(VersionZero.class, o -> new VersionZero());
    // then
    assertThat(faultsOf(wrong::build))
        .containsExactly(
            "Saga 'order' is started by int[]" + NOT_FOR_THE_WIRE,
            "Saga 'order': step 'payment' is answered by int[]" + NOT_FOR_THE_WIRE,
            "Saga 'order': step 'payment' is undone by VersionZero" + NOT_FOR_THE_WIRE);
  }

  @Test
  void shouldAllowTwoStartEvents_whenTopicOrTypeDiffers() {
    // given
    Saga.Started<Order> started =
        head()
            .startedBy(ORDER_EVENTS, OrderCreated.class, OrderCreated::orderId, Order::from)
            .startedBy(PAYMENT.events(), OrderCreated.class, OrderCreated::orderId, Order::from)
            .startedBy(
                ORDER_EVENTS,
                PaymentProcessed.class,
                PaymentProcessed::paymentId,
                e -> new Order("1", ""));
    // then
    assertThat(refunded(payment(started)).build().startEvents()).hasSize(3);
  }

  @Test
  void shouldAllowTwoHundredSteps_whenNoMore() {
    assertThat(withSteps(200).build().steps()).hasSize(200);
    assertThat(faultsOf(() -> withSteps(201).build()))
        .containsExactly("Saga 'order' has 201 steps, but at most 200 are allowed; split it");
  }

  private static Saga.BeforePivot<Order> withSteps(int count) {
    Saga.BeforePivot<Order> story = head();
    for (int i = 0; i < count; i++) {
      story = refunded(payment(story, "step-" + i));
    }
    return story;
  }

  private static Saga.Started<Order> named(String name) {
    return Saga.define(name, 1, Order.class).startedByApi();
  }

  private static Saga.Started<Order> due(Duration deadline) {
    return head().deadline(deadline);
  }

  private static <D> Saga.BeforePivot<D> carrying(Class<D> dataType) {
    return Saga.define("order", 1, dataType)
        .startedByApi()
        .step("payment", PAYMENT, ProcessPayment.class, o -> new ProcessPayment("1"))
        .nothingToCompensate();
  }

  private static String unreadable(String type) {
    return "Saga 'order' carries " + type + ", which can't be read from JSON; use a record";
  }

  private static List<String> faultsOf(Runnable build) {
    return refusalOf(build).faults();
  }

  private static InvalidDefinitionException refusalOf(Runnable build) {
    return catchThrowableOfType(InvalidDefinitionException.class, build::run);
  }

  private static InvalidDefinitionException throughTheWire(InvalidDefinitionException refusal)
      throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new ObjectOutputStream(bytes).writeObject(refusal);
    return (InvalidDefinitionException)
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
  }

  interface Bag {}

  record Box() implements Bag {}

  interface PaymentCommand extends Command<PaymentProcessed> {}

  record Indirect() implements PaymentCommand {}

  record ListReply() implements Command<List<String>> {}

  record ArrayReply() implements Command<int[]> {}

  @Message(name = "badly named")
  record BadlyNamed() implements Command<PaymentProcessed> {}

  @Message(version = 0)
  record VersionZero() implements Command<PaymentProcessed> {}
}
