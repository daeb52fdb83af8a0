package io.skald.saga;

import static io.skald.saga.Story.Reason.NO_SUCH_METHOD;
import static io.skald.saga.Story.Reason.WRONG_TYPE;

import java.util.List;
import org.junit.jupiter.api.Test;

class WrongStoriesDoNotCompileTest {

  private static final String DEFINE = "Saga.define(\"order\", 1, Order.class)";
  private static final String STARTED_BY =
      ".startedBy(ORDER_EVENTS, OrderCreated.class, OrderCreated::orderId, Order::from)";
  private static final String DEADLINE = ".deadline(Duration.ofDays(3))";
  private static final String PAYMENT_STEP =
      ".step(\"payment\", PAYMENT, ProcessPayment.class, o -> new ProcessPayment(o.id()))";
  private static final String PAYMENT_FOLD = ".onReply(Order::paid)";
  private static final String PAYMENT_UNDO =
      ".compensate(RefundPayment.class, (o, paid) -> new RefundPayment(paid.paymentId()),"
          + " VoidPayment.class, o -> new VoidPayment(o.id()))";
  private static final String INVENTORY_STEP =
      ".step(\"stock\", INVENTORY, ReserveInventory.class, o -> new ReserveInventory(o.id()))";
  private static final String INVENTORY_FOLD = ".onReply((o, reserved) -> o.reserved(reserved))";
  private static final String INVENTORY_UNDO =
      ".compensate(ReleaseInventory.class, o -> new ReleaseInventory(o.id()))";
  private static final String PIVOT =
      ".pivot(\"shipping\", SHIPPING, ScheduleShipping.class, o -> new ScheduleShipping(o.id()))";
  private static final String THEN =
      ".then(\"notify\", NOTIFICATION, Notify.class, o -> new Notify(o.id()))";
  private static final String LAST = ".retry(Retry.none().unlimited())";
  private static final String BUILD = ".build()";
  private static final String GIFT =
      ".step(\"gift\", PAYMENT, ProcessPayment.class, o -> new ProcessPayment(\"gift\"))";
  private static final String GIFT_UNDO =
      ".compensate(VoidPayment.class, o -> new VoidPayment(\"gift\"))";
  private static final String MAIL = THEN.replace("notify", "mail");
  private static final String TEXT = THEN.replace("notify", "text");

  private static final Story RIGHT =
      new Story(
          List.of(
              DEFINE,
              STARTED_BY,
              DEADLINE,
              PAYMENT_STEP,
              ".timeout(Duration.ofSeconds(30))",
              ".retry(Retry.exponential(Duration.ofMillis(200)).stopOn(\"CLOSED\"))",
              ".compensationRetry(Retry.fixed(Duration.ofSeconds(5)))",
              PAYMENT_FOLD,
              PAYMENT_UNDO,
              INVENTORY_STEP,
              INVENTORY_FOLD,
              INVENTORY_UNDO,
              PIVOT,
              ".onReply((o, scheduled) -> new Order(o.id(), scheduled.trackingId()))",
              THEN,
              LAST,
              BUILD));

  /** A story without its end, for faults at the end. */
  private static final Story UNDOABLE =
      new Story(List.of(DEFINE, STARTED_BY, PAYMENT_STEP, PAYMENT_UNDO, BUILD));

  @Test
  void shouldCompile_whenTheStoryIsRight() {
    RIGHT.mustCompile();
    UNDOABLE.mustCompile();
  }

  @Test
  void shouldCompile_whenStartedByApiAlone() {
    RIGHT.with(STARTED_BY, ".startedByApi()").mustCompile();
  }

  @Test
  void shouldCompile_whenStartedByTwoEventsAndByApi() {
    RIGHT
        .withAfter(STARTED_BY, ".startedByApi()")
        .withAfter(
            DEADLINE,
            ".startedBy(ORDER_EVENTS, PaymentRefunded.class, e -> \"k\", e -> new Order(\"\", \"\"))")
        .mustCompile();
  }

  @Test
  void shouldCompile_whenNothingIsToBeCompensated() {
    RIGHT.with(PAYMENT_UNDO, ".nothingToCompensate()").mustCompile();
  }

  @Test
  void shouldCompile_whenAFoldTakesAWiderReply() {
    RIGHT.with(PAYMENT_FOLD, ".onReply((Object o, Object reply) -> null)").mustCompile();
  }

  @Test
  void shouldNotCompile_whenAStepFollowsOneThatOwesItsCompensation() {
    RIGHT
        .without(PAYMENT_UNDO)
        .mustBeRefused(INVENTORY_STEP, NO_SUCH_METHOD, "method step", "OwesCompensation");
  }

  @Test
  void shouldNotCompile_whenThePivotFollowsAStepThatOwesItsCompensation() {
    RIGHT
        .without(INVENTORY_UNDO)
        .mustBeRefused(PIVOT, NO_SUCH_METHOD, "method pivot", "OwesCompensation");
  }

  @Test
  void shouldNotCompile_whenBuiltAfterAStepThatOwesItsCompensation() {
    UNDOABLE
        .without(PAYMENT_UNDO)
        .mustBeRefused(BUILD, NO_SUCH_METHOD, "method build", "OwesCompensation");
  }

  @Test
  void shouldNotCompile_whenACompensationIsSaidTwice() {
    String again = INVENTORY_UNDO.replace("ReleaseInventory", "VoidPayment");
    RIGHT
        .withAfter(INVENTORY_UNDO, again)
        .mustBeRefused(again, NO_SUCH_METHOD, "method compensate", "BeforePivot");
  }

  @Test
  void shouldNotCompile_whenACompensationTakesAnotherStepsReply() {
    String other =
        ".compensate(ReleaseInventory.class, (o, InventoryReserved paid) -> null,"
            + " VoidPayment.class, o -> new VoidPayment(o.id()))";
    String typed = other.replace("(o, ", "(Order o, ");
    RIGHT
        .with(PAYMENT_UNDO, typed)
        .mustBeRefused(typed, WRONG_TYPE, "InventoryReserved", "PaymentProcessed");
  }

  @Test
  void shouldNotCompile_whenACompensationReadsAnotherStepsReply() {
    String other = PAYMENT_UNDO.replace("paid.paymentId()", "paid.reservationId()");
    RIGHT
        .with(PAYMENT_UNDO, other)
        .mustBeRefused(
            other,
            NO_SUCH_METHOD,
            "method reservationId",
            "variable paid of type",
            "PaymentProcessed");
  }

  @Test
  void shouldNotCompile_whenTheCompensationForAnUnknownOutcomeWantsAReply() {
    String hopeful =
        PAYMENT_UNDO.replace("o -> new VoidPayment(o.id())", "(o, paid) -> new VoidPayment(null)");
    RIGHT.with(PAYMENT_UNDO, hopeful).mustBeRefused(hopeful, WRONG_TYPE, "lambda");
  }

  @Test
  void shouldNotCompile_whenACompensationMakesAnotherCommandThanItSays() {
    String other = INVENTORY_UNDO.replace("new ReleaseInventory", "new VoidPayment");
    RIGHT
        .with(INVENTORY_UNDO, other)
        .mustBeRefused(other, WRONG_TYPE, "ReleaseInventory", "VoidPayment");
  }

  @Test
  void shouldNotCompile_whenAFoldTakesAnotherStepsReply() {
    String other = ".onReply(Order::reserved)";
    RIGHT.with(PAYMENT_FOLD, other).mustBeRefused(other, WRONG_TYPE, "PaymentProcessed");
  }

  @Test
  void shouldNotCompile_whenAFoldAfterThePivotTakesAnotherStepsReply() {
    RIGHT
        .withAfter(THEN, ".onReply(Order::paid )")
        .mustBeRefused(".onReply(Order::paid )", WRONG_TYPE, "Notified");
  }

  @Test
  void shouldNotCompile_whenThePivotHasACompensation() {
    RIGHT
        .without(INVENTORY_UNDO)
        .withAfter(INVENTORY_FOLD, ".nothingToCompensate()")
        .withAfter(PIVOT, INVENTORY_UNDO)
        .mustBeRefused(INVENTORY_UNDO, NO_SUCH_METHOD, "method compensate", "Forward");
  }

  @Test
  void shouldNotCompile_whenAStepAfterThePivotHasACompensation() {
    RIGHT
        .without(INVENTORY_UNDO)
        .withAfter(INVENTORY_FOLD, ".nothingToCompensate()")
        .withAfter(THEN, INVENTORY_UNDO)
        .mustBeRefused(INVENTORY_UNDO, NO_SUCH_METHOD, "method compensate", "Forward");
  }

  @Test
  void shouldNotCompile_whenACompensationIsWaivedAfterThePivot() {
    RIGHT
        .withAfter(PIVOT, ".nothingToCompensate()")
        .mustBeRefused(
            ".nothingToCompensate()", NO_SUCH_METHOD, "method nothingToCompensate", "Forward");
  }

  @Test
  void shouldNotCompile_whenThereIsASecondPivot() {
    String second = PIVOT.replace("shipping", "again");
    RIGHT.withAfter(PIVOT, second).mustBeRefused(second, NO_SUCH_METHOD, "method pivot", "Forward");
  }

  @Test
  void shouldNotCompile_whenAnUndoableStepComesAfterThePivot() {
    String late = INVENTORY_STEP.replace("stock", "late");
    RIGHT.withAfter(PIVOT, late).mustBeRefused(late, NO_SUCH_METHOD, "method step", "Forward");
  }

  @Test
  void shouldNotCompile_whenAStepComesBeforeTheStart() {
    RIGHT
        .without(STARTED_BY)
        .without(DEADLINE)
        .mustBeRefused(PAYMENT_STEP, NO_SUCH_METHOD, "method step", "Head");
  }

  @Test
  void shouldNotCompile_whenTheDeadlineComesBeforeTheStart() {
    RIGHT.without(STARTED_BY).mustBeRefused(DEADLINE, NO_SUCH_METHOD, "method deadline", "Head");
  }

  @Test
  void shouldNotCompile_whenTheDeadlineComesAfterAStep() {
    String late = ".deadline(Duration.ofDays(4))";
    RIGHT
        .withAfter(INVENTORY_UNDO, late)
        .mustBeRefused(late, NO_SUCH_METHOD, "method deadline", "BeforePivot");
  }

  @Test
  void shouldNotCompile_whenARetriableStepComesBeforeThePivot() {
    RIGHT
        .without(PIVOT)
        .without(".onReply((o, scheduled) -> new Order(o.id(), scheduled.trackingId()))")
        .mustBeRefused(THEN, NO_SUCH_METHOD, "method then", "BeforePivot");
  }

  @Test
  void shouldNotCompile_whenTheHeadIsBuilt() {
    new Story(List.of(DEFINE, BUILD)).mustBeRefused(BUILD, NO_SUCH_METHOD, "method build", "Head");
  }

  @Test
  void shouldNotCompile_whenAStepMakesAnotherCommandThanItSays() {
    String other = INVENTORY_STEP.replace("new ReserveInventory", "new ProcessPayment");
    RIGHT
        .with(INVENTORY_STEP, other)
        .mustBeRefused(other, WRONG_TYPE, "InventoryReserved", "PaymentProcessed");
  }

  @Test
  void shouldNotCompile_whenTheCommandIsForAnotherReply() {
    String other = PAYMENT_STEP.replace(".step(", ".<InventoryReserved, ProcessPayment>step(");
    RIGHT
        .with(PAYMENT_STEP, other)
        .mustBeRefused(
            other, WRONG_TYPE, "does not conform to declared bound", "InventoryReserved");
  }

  @Test
  void shouldNotCompile_whenTheMessageOfAStepIsNoCommand() {
    String event = ".step(\"payment\", PAYMENT, OrderCreated.class, o -> new OrderCreated(o.id()))";
    RIGHT.with(PAYMENT_STEP, event).mustBeRefused(event, WRONG_TYPE, "OrderCreated");
  }

  @Test
  void shouldNotCompile_whenTheFirstDataIsOfAnotherType() {
    String other = STARTED_BY.replace("Order::from", "OrderCreated::orderId");
    RIGHT.with(STARTED_BY, other).mustBeRefused(other, WRONG_TYPE, "String", "Order");
  }

  @Test
  void shouldNotCompile_whenAFoldGivesAnotherType() {
    String other = ".onReply((o, paid) -> paid)";
    RIGHT.with(PAYMENT_FOLD, other).mustBeRefused(other, WRONG_TYPE, "Order");
  }

  @Test
  void shouldCompile_whenThereAreBlocksBeforeAndAfterThePivot() {
    RIGHT
        .withAfter(INVENTORY_UNDO, ".when(\"gift\", o -> true, b -> b" + GIFT + GIFT_UNDO + ")")
        .withAfter(LAST, ".parallel(\"tell\", p -> p" + MAIL + TEXT + ")")
        .mustCompile();
  }

  @Test
  void shouldNotCompile_whenABlockEndsWithAStepThatOwesItsCompensation() {
    String owing = ".when(\"gift\", o -> true, b -> b" + GIFT + ")";
    RIGHT
        .withAfter(INVENTORY_UNDO, owing)
        .mustBeRefused(owing, WRONG_TYPE, "OwesCompensation", "BeforePivot");
  }

  @Test
  void shouldNotCompile_whenAStepOfABlockFollowsOneThatOwesItsCompensation() {
    String owing = ".parallel(\"gifts\", b -> b" + GIFT + GIFT + GIFT_UNDO + ")";
    RIGHT
        .withAfter(INVENTORY_UNDO, owing)
        .mustBeRefused(owing, NO_SUCH_METHOD, "method step", "OwesCompensation");
  }

  @Test
  void shouldNotCompile_whenABlockEndsWithThePivot() {
    String early = ".when(\"gift\", o -> true, b -> b" + PIVOT.replace("shipping", "x") + ")";
    RIGHT
        .withAfter(INVENTORY_UNDO, early)
        .mustBeRefused(early, WRONG_TYPE, "Forward", "BeforePivot");
  }

  @Test
  void shouldNotCompile_whenABlockAfterThePivotHasAnUndoableStep() {
    String late = ".when(\"gift\", o -> true, b -> b" + GIFT + GIFT_UNDO + ")";
    RIGHT.withAfter(LAST, late).mustBeRefused(late, NO_SUCH_METHOD, "method step", "AfterPivot");
  }

  @Test
  void shouldNotCompile_whenAFoldInAForEachForgetsTheItem() {
    String wrong =
        ".forEach(\"notes\", String.class, o -> java.util.List.of(o.note()), n -> n, 2, p -> p"
            + GIFT
            + ".onReply((each, paid) -> each.data())"
            + GIFT_UNDO
            + ")";
    RIGHT.withAfter(INVENTORY_UNDO, wrong).mustBeRefused(wrong, WRONG_TYPE, "Order", "Each");
  }

  @Test
  void shouldNotCompile_whenASignalIsFoldedAsAnother() {
    String wrong = ".await(\"approval\", OrderCreated.class, Duration.ofDays(1), Order::paid)";
    RIGHT.withAfter(INVENTORY_UNDO, wrong).mustBeRefused(wrong, WRONG_TYPE, "OrderCreated");
  }
}
