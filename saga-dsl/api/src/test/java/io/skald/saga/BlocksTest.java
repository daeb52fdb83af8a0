package io.skald.saga;

import static io.skald.saga.Orders.head;
import static io.skald.saga.Orders.payment;
import static io.skald.saga.Orders.refunded;
import static io.skald.saga.Orders.shipping;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.skald.saga.Orders.Notify;
import io.skald.saga.Orders.Order;
import io.skald.saga.Orders.ReleaseInventory;
import io.skald.saga.Orders.ReserveInventory;
import io.skald.saga.message.StepName;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Blocks as a definition has them, how they print, and which of them are refused. */
class BlocksTest {

  /** What an await waits for. */
  public record Approved(String by) {}

  private static Order approved(Order order, Approved approved) {
    return new Order(order.id(), order.note() + "approved by " + approved.by() + ";");
  }

  private static <D> Saga.BeforePivot<D> pay(Saga.BeforePivot<D> story, String name) {
    return story
        .step(
            name, Orders.PAYMENT, Orders.ProcessPayment.class, d -> new Orders.ProcessPayment("1"))
        .compensate(Orders.VoidPayment.class, d -> new Orders.VoidPayment("1"));
  }

  private static SagaDefinition<Order> whole() {
    return pay(head().deadline(ofDays(3)), "payment")
        .parallel("prepare", p -> pay(pay(p, "gift"), "box").inOrder(b -> pay(pay(b, "a"), "b")))
        .when("abroad", o -> o.note().isEmpty(), b -> pay(b, "customs"), b -> pay(b, "stamp"))
        .forEach(
            "parcels",
            String.class,
            o -> List.of(o.note()),
            parcel -> parcel,
            5,
            p ->
                p.step(
                        "pack",
                        Orders.INVENTORY,
                        ReserveInventory.class,
                        each -> new ReserveInventory(each.data().id() + each.item()))
                    .onReply((each, reserved) -> each.with(each.data().reserved(reserved)))
                    .compensate(ReleaseInventory.class, each -> new ReleaseInventory(each.item())))
        .await("approval", Approved.class, ofHours(2), BlocksTest::approved, l -> pay(l, "remind"))
        .pause("night", ofHours(8))
        .pivot(
            "shipping",
            Orders.SHIPPING,
            Orders.ScheduleShipping.class,
            o -> new Orders.ScheduleShipping(o.id()))
        .parallel(
            "tell",
            p ->
                p.then("mail", Orders.NOTIFICATION, Notify.class, o -> new Notify(o.id()))
                    .then("text", Orders.NOTIFICATION, Notify.class, o -> new Notify(o.id())))
        .build();
  }

  @Test
  void shouldHaveAllStepsInTheOrderInWhichTheyAreWritten_whenTheyAreInsideOfBlocks() {
    assertThat(whole().steps())
        .extracting(step -> step.name().value())
        .containsExactly(
            "payment",
            "gift",
            "box",
            "a",
            "b",
            "customs",
            "stamp",
            "pack",
            "remind",
            "shipping",
            "mail",
            "text");
  }

  @Test
  void shouldFindStepsAndBlocks_whenAskedByNameForAnyItem() {
    // given
    SagaDefinition<Order> definition = whole();
    // then
    assertThat(definition.step(new StepName("pack", "P-17"))).isPresent();
    assertThat(definition.forEachAround(new StepName("pack", "P-17")))
        .map(Part.ForEach::name)
        .contains(new StepName("parcels"));
    assertThat(definition.part(new StepName("approval"))).containsInstanceOf(Part.Await.class);
    assertThat(definition.step(new StepName("approval"))).isEmpty();
    assertThat(definition.forEachAround(new StepName("gift"))).isEmpty();
  }

  @Test
  void shouldPrintBlocksInsideEachOther_whenPrintedAsJson() {
    assertThat(whole().toJson())
        .contains("{\"block\":\"parallel\",\"name\":\"prepare\",\"branches\":[{\"name\":\"gift\"")
        .contains("{\"block\":\"inOrder\",\"steps\":[{\"name\":\"a\"")
        .contains("{\"block\":\"when\",\"name\":\"abroad\",\"then\":[{\"name\":\"customs\"")
        .contains("\"otherwise\":[{\"name\":\"stamp\"")
        .contains("{\"block\":\"forEach\",\"name\":\"parcels\",\"steps\":[{\"name\":\"pack\"")
        .contains("\"item\":\"String\",\"atOnce\":5")
        .contains("{\"block\":\"await\",\"name\":\"approval\",\"signal\":{\"name\":\"Approved\"")
        .contains("\"limit\":\"PT2H\"")
        .contains("{\"block\":\"pause\",\"name\":\"night\",\"time\":\"PT8H\"}");
  }

  @Test
  void shouldHaveTheSameFingerprint_whenOnlyTimesAndLimitsDiffer() {
    // given
    String base = refunded(payment(head())).pause("night", ofHours(8)).build().fingerprint();
    // then
    assertThat(refunded(payment(head())).pause("night", ofHours(9)).build().fingerprint())
        .isEqualTo(base);
    assertThat(refunded(payment(head())).pause("day", ofHours(8)).build().fingerprint())
        .isNotEqualTo(base);
    assertThat(refunded(payment(head())).build().fingerprint()).isNotEqualTo(base);
  }

  @Test
  void shouldHaveAnotherFingerprint_whenBranchesFollowEachOtherInstead() {
    assertThat(head().parallel("p", p -> pay(pay(p, "a"), "b")).build().fingerprint())
        .isNotEqualTo(head().inOrder(p -> pay(pay(p, "a"), "b")).build().fingerprint());
  }

  @Test
  void shouldDrawForksAndJoins_whenPrintedAsMermaid() {
    assertThat(whole().toMermaid().lines())
        .contains(
            "  step_payment --> block_prepare",
            "  block_prepare --> step_gift",
            "  block_prepare --> step_box",
            "  block_prepare --> step_a",
            "  step_a --> step_b",
            "  step_gift --> block_abroad",
            "  step_b --> block_abroad",
            "  block_abroad --> step_customs",
            "  block_abroad --> step_stamp",
            "  step_stamp --> block_parcels",
            "  undo_gift -.-> undo_payment",
            "  undo_b -.-> undo_a",
            "  block_approval --> block_night",
            "  step_remind --> block_night",
            "  step_text --> completed([\"completed\"])")
        .doesNotContain("  step_gift --> step_box", "  step_customs --> step_stamp");
  }

  @Test
  void shouldRefuse_whenBlocksCanNotRun() {
    assertThat(
            faultsOf(
                () ->
                    head()
                        .deadline(ofHours(1))
                        .parallel("alone", p -> pay(p, "one"))
                        .parallel("empty", p -> p)
                        .forEach(
                            "none",
                            String.class,
                            o -> List.of("x"),
                            item -> item,
                            0,
                            p ->
                                p.forEach(
                                    "inner",
                                    String.class,
                                    each -> List.of("y"),
                                    item -> item,
                                    1,
                                    q -> pay(q, "deep")))
                        .await("one", Approved.class, ofHours(2), BlocksTest::approved)
                        .pause("never", ZERO)
                        .build()))
        .containsExactly(
            "Saga 'order': block 'alone' has fewer than two branches; add another or take the block"
                + " away",
            "Saga 'order': block 'empty' has fewer than two branches; add another or take the block"
                + " away",
            "Saga 'order': block 'empty' has nothing in it; add a step or take the block away",
            "Saga 'order': block 'none' has 0 items under way at once; make it 1 or more",
            "Saga 'order': block 'inner' is a forEach inside of another; make one collection of"
                + " both",
            "Saga 'order': block 'one' has the name of an earlier step or block; they are addressed"
                + " by name, so rename one",
            "Saga 'order': block 'one' has a limit of PT2H, longer than the saga's deadline of PT1H;"
                + " shorten it or move the deadline",
            "Saga 'order': block 'never' has a time of PT0S; make it longer than zero and at most"
                + " 3660 days");
  }

  @Test
  void shouldRefuse_whenAWhenDoesNothingEitherWay() {
    assertThat(faultsOf(() -> pay(head(), "one").when("no", o -> true, b -> b).build()))
        .containsExactly(
            "Saga 'order': block 'no' does nothing either way; add a step or take the block away");
  }

  @Test
  void shouldRefuse_whenAPivotIsInsideOfABlock() {
    assertThat(
            faultsOf(
                () ->
                    pay(head(), "one")
                        .when(
                            "vip",
                            o -> true,
                            b -> {
                              shipping(b);
                              return b;
                            })
                        .build()))
        .contains(
            "Saga 'order': step 'shipping' is a pivot inside of a block; a saga has one point of no"
                + " return, outside of all blocks");
  }

  @Test
  void shouldRefuse_whenTheStoryOutsideIsUsedInsideOfABlock() {
    // given
    Saga.BeforePivot<Order> outside = pay(head(), "one");
    // when, then
    assertThat(faultsOf(() -> outside.when("vip", o -> true, b -> pay(outside, "lost")).build()))
        .anyMatch(fault -> fault.contains("'lost' is added at a place that the story has left"));
  }

  @Test
  void shouldRefuse_whenADefinitionIsBuiltInsideOfABlock() {
    assertThat(
            faultsOf(
                () ->
                    pay(head(), "one")
                        .when(
                            "vip",
                            o -> true,
                            b -> {
                              b.build();
                              return b;
                            })
                        .build()))
        .containsExactly(
            "A definition is built inside of a block; call build() behind all of its parts");
  }

  private static List<String> faultsOf(ThrowingCallable wrong) {
    return catchThrowableOfType(InvalidDefinitionException.class, wrong).faults();
  }
}
