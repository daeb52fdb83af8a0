package io.skald.saga.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class MessageWordsTest {

  @Test
  void shouldTakeTheClassName_whenAMessageHasNoAnnotation() {
    assertThat(MessageType.of(Plain.class)).isEqualTo(new MessageType("Plain", 1));
  }

  @Test
  void shouldTakeTheAnnotation_whenAMessageHasOne() {
    assertThat(MessageType.of(Renamed.class)).isEqualTo(new MessageType("shop.PayNow", 3));
    assertThat(MessageType.of(Newer.class)).isEqualTo(new MessageType("Newer", 2));
    assertThat(MessageType.of(Renamed.class)).hasToString("shop.PayNow v3");
  }

  @Test
  void shouldNotTakeTheAnnotationOfItsParent_whenAMessageHasNone() {
    assertThat(MessageType.of(Child.class)).isEqualTo(new MessageType("Child", 1));
  }

  @Test
  void shouldRefuseAMessage_whenItsClassHasNoUsableName() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MessageType.of(new Object() {}.getClass()))
        .withMessage(
            "Expected a message name of letters, digits, '.', '_' and '-', at most 128 long, but found"
                + " ''");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MessageType.of(Unborn.class))
        .withMessage("Expected the version of message 'Unborn' to be 1 or above, but found 0");
  }

  @Test
  void shouldHoldNamesToTheirPatterns_whenMade() {
    accepts(n -> new MessageType(n, 1), "P", "ProcessPayment", "shop.Pay_now-2", "a".repeat(128));
    refuses(
        n -> new MessageType(n, 1), "", "1Pay", ".Pay", "Pay now", "Pay\n", "Pâ", "a".repeat(129));

    accepts(StepName::new, "a", "charge", "charge-2", "a--", "a".repeat(64));
    refuses(StepName::new, "", "Charge", "1st", "-a", "a_b", "a.b", "a/b", "a\n", "a".repeat(65));

    accepts(Participant::named, "payment", "payment-eu2", "a".repeat(64));
    refuses(Participant::named, "", "Payment", "2pay", "pay ment", "pay.ment", "a".repeat(65));

    accepts(Topic::of, "order-events", "Order.Events_1", "9", "a".repeat(200));
    refuses(Topic::of, "", ".", "..", "-a", "a b", "a/b", "ä", "a\n", "a".repeat(201));
  }

  @Test
  void shouldSayWhatItFound_whenANameIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StepName("Charge it"))
        .withMessage(
            "Expected a step name of lower-case letters, digits and '-', starting with a letter, at"
                + " most 64 long, but found 'Charge it'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Topic.of("a b"))
        .withMessage(
            "Expected a topic name of letters, digits, '.', '_' and '-', at most 200 long, but found"
                + " 'a b'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Participant.named("Pay"))
        .withMessage(
            "Expected a participant name of lower-case letters, digits and '-', starting with a"
                + " letter, at most 64 long, but found 'Pay'");
  }

  @Test
  void shouldHaveTopicsOfKafka_whenNamesAreAtTheirLongest() {
    // given
    Participant longest = Participant.named("p".repeat(64));
    // then
    assertThat(Participant.named("payment").commands()).isEqualTo(Topic.of("payment-commands"));
    assertThat(Participant.named("payment").events()).hasToString("payment-events");
    assertThat(longest.commands().name()).hasSizeLessThanOrEqualTo(200);
  }

  @Test
  void shouldHaveADeadLetterTopic_whenATopicsNameIsAtItsLongest() {
    assertThat(Topic.of("order-events").deadLetters()).isEqualTo(Topic.of("order-events-dlq"));
    assertThat(Topic.of("t".repeat(200)).deadLetters().name()).hasSize(204);
  }

  @Test
  void shouldHaveTheWordsOfTheContract_whenOnTheWire() {
    assertThat(Phase.values())
        .extracting(Phase::wireName)
        .containsExactly("action", "compensation");
    assertThat(Outcome.values())
        .extracting(Outcome::wireName)
        .containsExactly("succeeded", "rejected", "failed");
  }

  @Test
  void shouldReadItsOwnWords_whenFromTheWire() {
    assertThat(Phase.values())
        .allSatisfy(p -> assertThat(Phase.ofWireName(p.wireName())).contains(p));
    assertThat(Outcome.values())
        .allSatisfy(o -> assertThat(Outcome.ofWireName(o.wireName())).contains(o));
  }

  @Test
  void shouldReadNothing_whenTheWireSaysAnotherWord() {
    for (String word : List.of("", "ACTION", "Succeeded", "unknown", "action ")) {
      assertThat(Phase.ofWireName(word)).isEmpty();
      assertThat(Outcome.ofWireName(word)).isEmpty();
    }
  }

  @Test
  void shouldNameSagaStepAndPhase_whenAnIdempotencyKeyIsPrinted() {
    // given
    SagaId saga = SagaId.forKey("order", "42");
    StepName step = new StepName("charge-card");
    // then
    assertThat(new IdempotencyKey(saga, step, Phase.ACTION))
        .hasToString("5f59dbd8-85c9-522e-87c5-39f1041eaeee/charge-card/action");
    assertThat(new IdempotencyKey(saga, step, Phase.COMPENSATION))
        .hasToString("5f59dbd8-85c9-522e-87c5-39f1041eaeee/charge-card/compensation");
  }

  @Test
  void shouldNameEachHeaderOnceAndAsCloudEventsAllow_whenOnTheWire() throws Exception {
    // given
    List<String> names = new ArrayList<>();
    for (Field field : WireHeaders.class.getDeclaredFields()) {
      if (Modifier.isPublic(field.getModifiers())) {
        names.add((String) field.get(null));
      }
    }
    // then an attribute's name is of lower-case letters and digits
    assertThat(names).hasSize(23).doesNotHaveDuplicates();
    assertThat(names).allMatch(name -> name.matches("ce_[a-z0-9]+|content-type|traceparent"));
  }

  private static void accepts(Function<String, ?> word, String... names) {
    for (String name : names) {
      assertThat(word.apply(name)).isNotNull();
    }
  }

  private static void refuses(Function<String, ?> word, String... names) {
    for (String name : names) {
      assertThatIllegalArgumentException()
          .as("'%s'", name)
          .isThrownBy(() -> word.apply(name))
          .withMessageEndingWith("but found '" + name + "'");
    }
  }

  record Plain() {}

  @Message(name = "shop.PayNow", version = 3)
  record Renamed() {}

  @Message(version = 2)
  static class Newer {}

  static final class Child extends Newer {}

  @Message(version = 0)
  record Unborn() {}
}
