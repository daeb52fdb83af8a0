package io.skald.shop.scenarios;

import static io.skald.shop.scenarios.OrderAssert.assertThat;
import static io.skald.shop.scenarios.OrderDraft.anOrder;
import static org.assertj.core.api.Assertions.assertThat;

import io.skald.saga.message.WireHeaders;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Scenario 10: what can't be read, or does not belong where it stands. */
@Scenarios
@Order(5)
final class DeadLettersIT {

  private static final String REASON = "skald_dlq_reason";

  private final Shop shop;

  DeadLettersIT(Shop shop) {
    this.shop = shop;
  }

  @Test
  void shouldSetACorruptReplyAsideAndReadOn_whenItStandsBeforeTheRealOne() {
    // given
    PlacedOrder order = shop.place(anOrder());
    assertThat(order).isCompleted();
    Message model = shop.topics().await("payment-events", order, "PaymentProcessed");
    Held held = heldAtPayment();
    Message forHeld =
        model
            .to("payment-events", held.order().shard())
            .with(WireHeaders.SAGA_ID, held.order().sagaId().toString())
            .with(WireHeaders.SUBJECT, held.order().id());
    // when
    Message cut = marked(forHeld.saying(model.text().substring(0, 20)));
    Message noOutcome = marked(forHeld.with(WireHeaders.OUTCOME, "perhaps"));
    Message otherType = marked(forHeld.with(WireHeaders.TYPE, "PaymentPostponed"));
    Message noSaga = marked(forHeld.with(WireHeaders.SAGA_ID, UUID.randomUUID().toString()));
    List.of(cut, noOutcome, otherType, noSaga).forEach(shop.topics()::send);
    shop.heal();
    shop.topics().send(held.command());
    // then
    assertSetAside(cut, "Expected the payload of a PaymentProcessed");
    assertSetAside(noOutcome, "Expected header ce_sagaoutcome to be succeeded, rejected or failed");
    assertSetAside(otherType, "to be answered by PaymentProcessed");
    assertSetAside(noSaga, "to exist, but it does not");
    assertCompletedAsIfNothingHadBeen(held.order());
  }

  @Test
  void shouldSetACorruptOrderAsideAndReadOn_whenItStandsBeforeARealOne() {
    // given
    PlacedOrder before = shop.place(anOrder());
    assertThat(before).isCompleted();
    Message model = shop.topics().await("order-events", before, "OrderCreated");
    // when: one before whatever partition the next order goes to
    List<Message> corrupt =
        IntStream.range(0, Topics.PARTITIONS)
            .mapToObj(p -> marked(model.to("order-events", p).saying("\0\u0001 not JSON {")))
            .toList();
    corrupt.forEach(shop.topics()::send);
    PlacedOrder order = shop.place(anOrder());
    // then
    corrupt.forEach(message -> assertSetAside(message, "Expected a OrderCreated"));
    assertCompletedAsIfNothingHadBeen(order);
    assertThat(before).isCompleted().hasOneOfEachEffect();
  }

  @Test
  void shouldForwardAReplyToItsShard_whenItStandsInAnotherPartition() {
    // given
    Held held = heldAtPayment();
    int home = held.order().shard();
    int elsewhere = (home + 1) % Topics.PARTITIONS;
    // when: the participant is told of another partition, and answers there
    shop.heal();
    shop.topics().send(held.command().with(WireHeaders.SHARD, Integer.toString(elsewhere)));
    // then
    assertCompletedAsIfNothingHadBeen(held.order());
    assertThat(shop.topics().read("payment-events", held.order()))
        .extracting(Message::partition)
        .containsExactly(elsewhere);
    assertThat(shop.topics().read("saga-requests", held.order()))
        .filteredOn(message -> message.type().equals("PaymentProcessed"))
        .isNotEmpty()
        .allMatch(message -> message.partition() == home)
        .allMatch(message -> message.header("skald_forwardedfrom").equals("payment-events"));
    assertThat(held.order().told("StepSucceeded payment")).isEqualTo(1);
  }

  @Test
  void shouldNotBelieveAReply_whenItComesFromAnotherParticipantsTopic() {
    // given
    PlacedOrder order = shop.place(anOrder());
    assertThat(order).isCompleted();
    Message model = shop.topics().await("payment-events", order, "PaymentProcessed");
    Held held = heldAtPayment();
    // when
    Message forged =
        marked(
            model
                .to("inventory-events", held.order().shard())
                .with(WireHeaders.SAGA_ID, held.order().sagaId().toString())
                .with(WireHeaders.SUBJECT, held.order().id()));
    shop.topics().send(forged);
    // then
    assertSetAside(forged, "from participant 'payment', but it came from 'inventory'");
    assertThat(held.order().told()).containsExactly("SagaStarted", "ProcessPayment#1");
    // and when
    shop.heal();
    shop.topics().send(held.command());
    // then
    assertCompletedAsIfNothingHadBeen(held.order());
  }

  @Test
  void shouldSetACommandAside_whenAParticipantCannotReadIt() {
    // given
    Held held = heldAtPayment();
    // when
    Message corrupt = marked(held.command().saying("{\"orderId\":"));
    shop.topics().send(corrupt);
    shop.heal();
    shop.topics().send(held.command());
    // then
    assertSetAside(corrupt, "Expected the JSON of a ProcessPayment");
    assertCompletedAsIfNothingHadBeen(held.order());
  }

  /** An order whose payment was asked for, and the command that payment swallowed. */
  private record Held(PlacedOrder order, Message command) {}

  private Held heldAtPayment() {
    shop.silence("payment");
    PlacedOrder order = shop.place(anOrder());
    Message command = shop.topics().await("payment-commands", order, "ProcessPayment");
    shop.topics().awaitTaken("payment", command);
    return new Held(order, command);
  }

  /** Its id tells it from all others, also among the dead letters. */
  private static Message marked(Message message) {
    return message.with(WireHeaders.ID, "corrupt-" + UUID.randomUUID());
  }

  private void assertSetAside(Message message, String reason) {
    Message letter =
        shop.topics().await(message.topic() + "-dlq", found -> found.id().equals(message.id()));
    assertThat(letter.header(REASON)).contains(reason);
    assertThat(letter.text()).isEqualTo(message.text());
    assertThat(letter.headers())
        .containsAllEntriesOf(message.headers())
        .containsAllEntriesOf(
            Map.of(
                "skald_dlq_topic", message.topic(),
                "skald_dlq_partition", Integer.toString(message.partition())));
  }

  private static void assertCompletedAsIfNothingHadBeen(PlacedOrder order) {
    assertThat(order)
        .isCompleted()
        .hasJournal(
            "SagaStarted",
            "ProcessPayment#1",
            "StepSucceeded payment",
            "ReserveInventory#1",
            "StepSucceeded inventory",
            "ScheduleShipping#1",
            "StepSucceeded shipping",
            "CompleteOrder#1",
            "StepSucceeded complete",
            "SagaCompleted")
        .hasOneOfEachEffect();
  }
}
