package io.skald.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.skald.saga.message.Outcome;
import io.skald.saga.message.WireHeaders;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

final class TrivialParticipantsTest {

  @Test
  void shouldDoWhatIsAsked_whenNothingElseIsSaid() throws Exception {
    TrivialAnswers.Answer answer = answer("ProcessPayment", 1, "{\"failsFirst\":false}");

    assertThat(answer.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(answer.type()).isEqualTo("PaymentProcessed");
    assertThat(new ObjectMapper().readTree(answer.payload()).path("paymentId").asText())
        .isEqualTo("pay-ORD-1");
    assertThat(answer("RefundPayment", 1, "{}").type()).isEqualTo("PaymentRefunded");
    assertThat(answer("ReserveInventory", 1, "{}").type()).isEqualTo("InventoryReserved");
    assertThat(answer("ReleaseInventory", 1, "{}").type()).isEqualTo("InventoryReleased");
    assertThat(answer("ScheduleShipping", 1, "{}").type()).isEqualTo("ShippingScheduled");
  }

  @Test
  void shouldFailTheFirstAttemptAlone_whenTheCommandSaysSo() throws Exception {
    TrivialAnswers.Answer first = answer("ReserveInventory", 1, "{\"failsFirst\":true}");
    TrivialAnswers.Answer second = answer("ReserveInventory", 2, "{\"failsFirst\":true}");

    assertThat(first.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(first.type()).isEqualTo("ReserveInventoryFailed");
    assertThat(second.outcome()).isEqualTo(Outcome.SUCCEEDED);
  }

  @Test
  void shouldRefuse_whenTheCountryCannotBeReached() throws Exception {
    TrivialAnswers.Answer answer = answer("ScheduleShipping", 1, "{\"country\":\"AQ\"}");

    assertThat(answer.outcome()).isEqualTo(Outcome.REJECTED);
    assertThat(answer.type()).isEqualTo("ScheduleShippingRejected");
    assertThat(answer.payload()).contains("NO_CARRIER");
  }

  @Test
  void shouldSayWhatItDoesNotKnow() {
    assertThatThrownBy(() -> answer("Dance", 1, "{}")).hasMessageContaining("Dance");
  }

  @Test
  void shouldReplyByTheContract() throws Exception {
    ConsumerRecord<byte[], byte[]> command =
        new ConsumerRecord<>("bench-shipping-commands", 3, 9, bytes("ORD-1"), bytes("{}"));
    put(command, WireHeaders.ID, "c-1");
    put(command, WireHeaders.TYPE, "ScheduleShipping");
    put(command, WireHeaders.SUBJECT, "ORD-1");
    put(command, WireHeaders.SAGA_ID, "saga");
    put(command, WireHeaders.STEP, "shipping");
    put(command, WireHeaders.PHASE, "action");
    put(command, WireHeaders.ATTEMPT, "2");
    put(command, WireHeaders.SHARD, "5");
    put(command, WireHeaders.IDEMPOTENCY_KEY, "saga/shipping/action");
    put(command, WireHeaders.CORRELATION_ID, "saga");
    put(command, WireHeaders.CAUSATION_ID, "before");
    put(command, WireHeaders.TRACE_PARENT, "00-1-2-01");

    ProducerRecord<byte[], byte[]> reply =
        TrivialParticipants.reply(
            "bench-shipping-events",
            bytes("bench-shipping"),
            command,
            answer("ScheduleShipping", 2, "{\"country\":\"AQ\"}"));

    assertThat(reply.topic()).isEqualTo("bench-shipping-events");
    assertThat(reply.partition()).isEqualTo(5);
    assertThat(reply.key()).isEqualTo(bytes("ORD-1"));
    Map<String, String> headers = new TreeMap<>();
    reply
        .headers()
        .forEach(h -> headers.put(h.key(), new String(h.value(), StandardCharsets.UTF_8)));
    assertThat(headers)
        .containsEntry(WireHeaders.SPEC_VERSION, "1.0")
        .containsEntry(WireHeaders.ID, "c-1-reply")
        .containsEntry(WireHeaders.TYPE, "ScheduleShippingRejected")
        .containsEntry(WireHeaders.DATA_VERSION, "1")
        .containsEntry(WireHeaders.SOURCE, "bench-shipping")
        .containsEntry(WireHeaders.SUBJECT, "ORD-1")
        .containsEntry(WireHeaders.CONTENT_TYPE, "application/json")
        .containsEntry(WireHeaders.SAGA_ID, "saga")
        .containsEntry(WireHeaders.STEP, "shipping")
        .containsEntry(WireHeaders.PHASE, "action")
        .containsEntry(WireHeaders.ATTEMPT, "2")
        .containsEntry(WireHeaders.SHARD, "5")
        .containsEntry(WireHeaders.IDEMPOTENCY_KEY, "saga/shipping/action")
        .containsEntry(WireHeaders.CORRELATION_ID, "saga")
        .containsEntry(WireHeaders.CAUSATION_ID, "c-1")
        .containsEntry(WireHeaders.TRACE_PARENT, "00-1-2-01")
        .containsEntry(WireHeaders.OUTCOME, "rejected")
        .containsEntry(WireHeaders.ERROR_CODE, "NO_CARRIER")
        .containsKeys(WireHeaders.TIME, WireHeaders.ERROR_MESSAGE);
    assertThat(reply.headers().toArray()).hasSameSizeAs(headers.keySet());
  }

  @Test
  void shouldBalance_onlyWhenEveryActionAndCompensationIsThere() {
    Recipe recipe = Recipe.of(Participants.TRIVIAL, 3);
    Map<String, Long> endings = Map.of(Orders.COMPLETED, 7L, Orders.COMPENSATED, 3L);

    assertThat(Balance.of(done(10, 3, 7, 3), endings, 0, recipe).holds()).isTrue();
    assertThat(Balance.of(done(9, 3, 7, 3), endings, 0, recipe).faults())
        .contains("Expected 10 PAYMENT actions, but found 9")
        .contains("Expected 10 INVENTORY actions, but found 9");
    assertThat(Balance.of(done(10, 2, 7, 3), endings, 0, recipe).faults())
        .contains("Expected 3 PAYMENT compensations, but found 2");
    assertThat(Balance.of(done(10, 3, 8, 3), endings, 0, recipe).faults())
        .containsExactly("Expected 7 SHIPPING actions, but found 8");
  }

  @Test
  void shouldKnowWhoHasHowManySteps_whenASagaIsWide() {
    Recipe recipe = Recipe.of(Participants.TRIVIAL, 50);

    assertThat(recipe.definition()).isEqualTo("bench-wide");
    assertThat(recipe.stepsOf(TrivialParticipants.Role.PAYMENT)).isEqualTo(25);
    assertThat(recipe.stepsOf(TrivialParticipants.Role.INVENTORY)).isEqualTo(24);
    assertThat(recipe.stepsOf(TrivialParticipants.Role.SHIPPING)).isEqualTo(1);
    assertThat(recipe.steps()).hasSize(50).startsWith("step-001").endsWith("shipping");
  }

  @Test
  void shouldMakeOrdersAsTheProfileWants() throws Exception {
    ObjectMapper json = new ObjectMapper();
    List<String> steps = Recipe.of(Participants.TRIVIAL, 3).steps();
    Orders refused =
        new Orders(Profile.COMPENSATING, Participants.TRIVIAL, steps, Catalogue.DEMO, "O-", 1);
    Orders mixed = new Orders(Profile.MIXED, Participants.TRIVIAL, steps, Catalogue.DEMO, "O-", 1);
    Orders retrying =
        new Orders(Profile.RETRYING, Participants.TRIVIAL, steps, Catalogue.DEMO, "O-", 1);

    Order one = refused.next();
    assertThat(one.id()).isEqualTo("O-1");
    assertThat(one.expectedEnding()).isEqualTo(Orders.COMPENSATED);
    assertThat(json.readTree(one.json()).path("country").asText()).isEqualTo("AQ");
    assertThat(json.readTree(one.json()).path("orderId").asText()).isEqualTo("O-1");
    assertThat(json.readTree(one.jsonWithoutId()).has("orderId")).isFalse();
    int compensated = 0;
    int failing = 0;
    for (int i = 0; i < 1000; i++) {
      compensated += mixed.next().expectedEnding().equals(Orders.COMPENSATED) ? 1 : 0;
      failing += json.readTree(retrying.next().json()).path("failing").size();
    }
    assertThat(compensated).isBetween(70, 130);
    assertThat(failing).isBetween(240, 360);
  }

  private static TrivialAnswers.Answer answer(String type, int attempt, String payload)
      throws Exception {
    return TrivialAnswers.to(type, attempt, "ORD-1", bytes(payload));
  }

  private static Map<TrivialParticipants.Role, TrivialParticipants.Done> done(
      long actions, long compensations, long shipped, long refused) {
    Map<TrivialParticipants.Role, TrivialParticipants.Done> done =
        new EnumMap<>(TrivialParticipants.Role.class);
    done.put(
        TrivialParticipants.Role.PAYMENT,
        new TrivialParticipants.Done(actions, 0, 0, compensations));
    done.put(
        TrivialParticipants.Role.INVENTORY,
        new TrivialParticipants.Done(actions, 0, 0, compensations));
    done.put(
        TrivialParticipants.Role.SHIPPING, new TrivialParticipants.Done(shipped, refused, 0, 0));
    return done;
  }

  private static void put(ConsumerRecord<byte[], byte[]> record, String name, String value) {
    record.headers().add(name, bytes(value));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
