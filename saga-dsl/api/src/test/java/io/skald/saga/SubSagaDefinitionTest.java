package io.skald.saga;

import static io.skald.saga.Orders.INVENTORY;
import static io.skald.saga.Orders.PAYMENT;
import static io.skald.saga.Orders.head;
import static io.skald.saga.Orders.notification;
import static io.skald.saga.Orders.payment;
import static io.skald.saga.Orders.refunded;
import static io.skald.saga.Orders.shipping;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skald.saga.Orders.Order;
import io.skald.saga.Orders.ProcessPayment;
import io.skald.saga.Orders.ReleaseInventory;
import io.skald.saga.Orders.ReserveInventory;
import io.skald.saga.message.Message;
import io.skald.saga.message.MessageType;
import io.skald.saga.message.Participant;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.StepName;
import io.skald.saga.message.Topic;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A step that is a saga of its own, as the definition has it. */
class SubSagaDefinitionTest {

  record Stock(String order, int left) {}

  private static final SagaDefinition<Stock> STOCK =
      Saga.define("stock", 2, Stock.class)
          .startedByApi()
          .step("take", INVENTORY, ReserveInventory.class, s -> new ReserveInventory(s.order()))
          .compensate(ReleaseInventory.class, s -> new ReleaseInventory(s.order()))
          .build();

  private static final SagaDefinition<Order> FORWARD =
      notification(shipping(refunded(payment(head())))).build();

  private static Saga.SubSagaBeforePivot<Order, Stock> stocked(Saga.BeforePivot<Order> story) {
    return story.subSaga("stock", STOCK, o -> new Stock(o.id(), 9));
  }

  private static StepDefinition<Order> step(SagaDefinition<Order> definition) {
    return definition.step(new StepName("stock")).orElseThrow();
  }

  @Test
  void shouldBeAStepOfTheOrchestratorItself_thatIsUndoneWithoutAWord() {
    // when
    SagaDefinition<Order> definition =
        shipping(
                stocked(head())
                    .timeout(Duration.ofDays(3))
                    .retry(Retry.none())
                    .compensationRetry(Retry.fixed(Duration.ofSeconds(7)))
                    .onEnd((o, stock) -> new Order(o.id(), "left " + stock.left())))
            .build();
    // then
    StepDefinition<Order> step = step(definition);
    assertThat(step.child()).contains(new ChildSaga("stock", 2));
    assertThat(step.participant()).isEqualTo(Participant.SAGAS);
    assertThat(step.kind()).isEqualTo(StepKind.COMPENSATABLE);
    assertThat(step.replyType()).isEqualTo(Stock.class);
    assertThat(step.timeout()).isEqualTo(Duration.ofDays(3));
    assertThat(step.commandType()).isEqualTo(new MessageType("StartSubSaga", 1));
    assertThat(step.compensation().orElseThrow().type())
        .isEqualTo(new MessageType("UndoSubSaga", 1));
    assertThat(step.compensation().orElseThrow().retry().initial())
        .isEqualTo(Duration.ofSeconds(7));
    assertThat(step.command().apply(new Order("O-1", "")))
        .isEqualTo(new SubSagaCommand.Start(new Stock("O-1", 9)));
    assertThat(step.compensation().orElseThrow().whenUnknown().apply(new Order("O-1", "")))
        .isEqualTo(new SubSagaCommand.Undo(new Stock("O-1", 9)));
    assertThat(step.onReply().orElseThrow().apply(new Order("O-1", ""), new Stock("O-1", 4)))
        .isEqualTo(new Order("O-1", "left 4"));
  }

  @Test
  void shouldNotBeUndone_whenItStandsBehindThePivot() {
    // when
    SagaDefinition<Order> definition =
        shipping(head())
            .subSaga("stock", STOCK, o -> new Stock(o.id(), 9))
            .timeout(Duration.ofHours(1))
            .retry(Retry.none())
            .onEnd((o, stock) -> o)
            .subSaga("rest", FORWARD, o -> o)
            .build();
    // then
    assertThat(step(definition).kind()).isEqualTo(StepKind.RETRIABLE);
    assertThat(step(definition).compensation()).isEmpty();
    assertThat(definition.steps().getLast().child()).contains(new ChildSaga("order", 1));
  }

  @Test
  void shouldGiveTheChildEachItem_whenItStandsInAForEach() {
    // when
    SagaDefinition<Order> definition =
        head()
            .forEach(
                "parts",
                String.class,
                o -> List.of("a", "b"),
                part -> part,
                2,
                each -> each.subSaga("stock", STOCK, p -> new Stock(p.item(), 1)))
            .build();
    // then
    assertThat(definition.steps()).hasSize(1);
  }

  @Test
  void shouldWaitForADay_whenNoTimeoutIsSaid() {
    SagaDefinition<Order> definition =
        stocked(Saga.define("order", 1, Order.class).startedByApi().deadline(Duration.ofMinutes(5)))
            .build();
    assertThat(step(definition).timeout()).isEqualTo(Duration.ofDays(1));
  }

  @Test
  void shouldRefuse_whenTheChildCannotBeUndoneAsAWhole() {
    assertThatThrownBy(() -> head().subSaga("ship", FORWARD, o -> o).build())
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageContaining(
            "Saga 'order': step 'ship' runs order v1 before the point of no return, but that saga"
                + " can't be undone once it has come to its step 'shipping'; make that a step that"
                + " can be undone, or run the saga after the pivot");
  }

  @Message(name = "not for the wire!")
  record Odd(String id) {}

  @Test
  void shouldRefuse_whenTheChildsDataHasNoNameForTheWire() {
    SagaDefinition<Odd> odd =
        Saga.define("odd", 1, Odd.class)
            .startedByApi()
            .step("a", PAYMENT, ProcessPayment.class, o -> new ProcessPayment(o.id()))
            .nothingToCompensate()
            .build();
    assertThatThrownBy(() -> head().subSaga("odd", odd, o -> new Odd("1")).build())
        .hasMessageContaining("step 'odd' is answered by Odd, which has no name or version");
  }

  @Test
  void shouldRefuse_whenASaidTimeoutIsLongerThanTheDeadline() {
    assertThatThrownBy(
            () ->
                stocked(
                        Saga.define("order", 1, Order.class)
                            .startedByApi()
                            .deadline(Duration.ofMinutes(5)))
                    .timeout(Duration.ofMinutes(6))
                    .build())
        .hasMessageContaining(
            "step 'stock' has a timeout of PT6M, longer than the saga's deadline");
  }

  @Test
  void shouldRefuse_whenSomebodyElseIsCalledLikeTheOrchestrator() {
    assertThatThrownBy(
            () ->
                head()
                    .step(
                        "a",
                        Participant.named("sagas"),
                        ProcessPayment.class,
                        o -> new ProcessPayment(o.id()))
                    .nothingToCompensate()
                    .build())
        .hasMessageContaining("is done by participant 'sagas', which is the orchestrator itself");
  }

  @Test
  void shouldRefuse_whenItIsChangedAfterTheStoryHasGoneOn() {
    // given
    Saga.SubSagaBeforePivot<Order, Stock> step = stocked(head());
    step.pause("rest", Duration.ofSeconds(1));
    // then
    assertThatThrownBy(() -> step.timeout(Duration.ofHours(1)).build())
        .hasMessageContaining("step 'stock' is changed after the story has gone on");
  }

  @Test
  void shouldReadNoTopicForIt() {
    assertThat(stocked(head()).build().inputTopics()).isEmpty();
    assertThat(shipping(stocked(head())).build().inputTopics())
        .containsExactly(Topic.of("shipping-events"));
  }

  @Test
  void shouldSayWhichSagaItIs_whenPrinted() {
    // given
    SagaDefinition<Order> definition = stocked(head()).build();
    // then
    assertThat(definition.toJson())
        .contains("\"subSaga\":{\"definition\":\"stock\",\"version\":2}")
        .contains("\"participant\":\"sagas\"");
    assertThat(definition.toMermaid())
        .contains("step_stock[[\"stock<br/>saga stock v2\"]]")
        .contains("undo_stock[/\"UndoSubSaga\"/]");
  }

  @Test
  void shouldBeAnotherStructure_whenItIsAnotherVersionOfTheChild() {
    // given
    SagaDefinition<Stock> next =
        Saga.define("stock", 3, Stock.class)
            .startedByApi()
            .step("take", INVENTORY, ReserveInventory.class, s -> new ReserveInventory(s.order()))
            .compensate(ReleaseInventory.class, s -> new ReleaseInventory(s.order()))
            .build();
    // then
    assertThat(head().subSaga("stock", next, o -> new Stock(o.id(), 9)).build().fingerprint())
        .isNotEqualTo(stocked(head()).build().fingerprint());
  }

  // --- the child's address

  @Test
  void shouldBeOneChildForEachStepAndItem_whateverTheDefinitionOfTheParentIs() {
    ChildSaga child = new ChildSaga("stock", 2);
    SagaId parent = SagaId.forKey("order", "O-1");
    assertThat(child.id(parent, StepName.parse("stock/a")))
        .isEqualTo(child.id(parent, StepName.parse("stock/a")))
        .isNotEqualTo(child.id(parent, StepName.parse("stock/b")))
        .isNotEqualTo(child.id(SagaId.forKey("invoice", "O-1"), StepName.parse("stock/a")));
  }

  @Test
  void shouldKeepWithinTheLengthOfAKey_whenTheParentsIsLong() {
    String longest = "ä".repeat(200);
    StepName step = new StepName("s".repeat(64), "i".repeat(100));
    assertThat(ChildSaga.key("O-1", step)).isEqualTo("O-1/" + step);
    assertThat(ChildSaga.key(longest, step)).hasSizeLessThanOrEqualTo(200).endsWith("/" + step);
    assertThat(ChildSaga.key(longest, step)).isNotEqualTo(ChildSaga.key("ö".repeat(200), step));
    assertThat(ChildSaga.key("x".repeat(194), new StepName("stock")))
        .isEqualTo("x".repeat(194) + "/stock");
  }

  @Test
  void shouldRefuse_whenTheChildIsExclusive() {
    // given
    SagaDefinition<Stock> alone =
        Saga.define("alone", 1, Stock.class)
            .startedByApi()
            .exclusive(Exclusive.QUEUE)
            .step("a", PAYMENT, ProcessPayment.class, s -> new ProcessPayment(s.order()))
            .nothingToCompensate()
            .build();
    // when, then
    assertThatThrownBy(() -> head().subSaga("stock", alone, o -> new Stock(o.id(), 9)).build())
        .hasMessageContaining("which is exclusive");
  }
}
