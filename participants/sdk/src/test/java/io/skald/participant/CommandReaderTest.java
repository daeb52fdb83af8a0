package io.skald.participant;

import static io.skald.participant.CommandRecords.action;
import static io.skald.participant.CommandRecords.compensation;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.skald.participant.Reading.Readable;
import io.skald.participant.Reading.Unreadable;
import io.skald.participant.TestMessages.PaymentProcessed;
import io.skald.participant.TestMessages.PaymentRefunded;
import io.skald.participant.TestMessages.ProcessPayment;
import io.skald.participant.TestMessages.ProcessPaymentInCurrency;
import io.skald.participant.TestMessages.RefundPayment;
import io.skald.saga.message.IdempotencyKey;
import io.skald.saga.message.MessageType;
import io.skald.saga.message.Outcome;
import io.skald.saga.message.PayloadCodec;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.StepName;
import io.skald.saga.message.WireHeaders;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandReaderTest {

  private static final SagaId SAGA = new SagaId(new UUID(1, 2));
  private static final String JSON = "{\"orderId\":\"ORD-1\",\"amount\":10.10,\"behaviour\":\"\"}";

  private final ParticipantService payment =
      ParticipantService.named("payment")
          .action(ProcessPayment.class, (c, x) -> new PaymentProcessed("P", c.amount()))
          .action(ProcessPaymentInCurrency.class, (c, x) -> new PaymentProcessed("P", c.amount()))
          .compensation(
              RefundPayment.class, (c, x) -> new PaymentRefunded(c.orderId(), "P", BigDecimal.ONE))
          .build();
  private final CommandReader reader =
      new CommandReader(new JacksonPayloadCodec(new ObjectMapper()), 1000);

  @Test
  void shouldReadAllOfCommand_whenItKeepsTheContract() {
    CommandRecords record = processPayment().attempt(3).shard(2);

    Delivery<?, ?> delivery = delivered(record);

    assertThat(delivery.command())
        .isEqualTo(new ProcessPayment("ORD-1", new BigDecimal("10.10"), ""));
    assertThat(delivery.idempotencyKey()).hasToString(SAGA + "/payment/action");
    assertThat(delivery.attempt()).isEqualTo(3);
    assertThat(delivery.shard()).isEqualTo(2);
    assertThat(delivery.messageId()).isEqualTo(record.id());
    assertThat(delivery.key()).isEqualTo("ORD-" + SAGA);
    assertThat(delivery.recordKey()).isEqualTo("ORD-" + SAGA);
    assertThat(delivery.correlationId()).contains(SAGA.toString());
    assertThat(delivery.traceParent()).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"P-17", " 2 of 3 ", "Grüße, 東京 😀"})
  void shouldReadTheItem_whenAStepIsDoneForEach(String item) {
    IdempotencyKey key = delivered(processPayment().item(item)).idempotencyKey();

    assertThat(key.step()).isEqualTo(new StepName("payment", item));
    assertThat(key).hasToString(SAGA + "/payment/" + item + "/action");
  }

  @Test
  void shouldSayTheItemAgain_whenItReplies() {
    ReplyFactory replies = new ReplyFactory(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC), () -> "id");
    Answer answer =
        new Answer(
            Outcome.SUCCEEDED,
            new MessageType("PaymentProcessed", 1),
            "{}",
            Optional.empty(),
            false);

    assertThat(copied(replies, answer, processPayment().item("P-17")))
        .containsEntry(WireHeaders.STEP, "payment")
        .containsEntry(WireHeaders.ITEM, "P-17")
        .containsEntry(WireHeaders.IDEMPOTENCY_KEY, SAGA + "/payment/P-17/action");
    assertThat(copied(replies, answer, processPayment())).doesNotContainKey(WireHeaders.ITEM);
  }

  private Map<String, String> copied(ReplyFactory replies, Answer answer, CommandRecords command) {
    Map<String, String> headers = new HashMap<>();
    for (Header header :
        replies.reply(payment.participant(), delivered(command), answer).headers()) {
      headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
    }
    return headers;
  }

  @Test
  void shouldPickHandlerByVersion_whenTwoAreThere() {
    assertThat(delivered(processPayment().header(WireHeaders.DATA_VERSION, "2")).command())
        .isInstanceOf(ProcessPaymentInCurrency.class);
  }

  @Test
  void shouldReadOn_whenMembersAreUnknownOrOptionalHeadersAreMissing() {
    String more = "{\"orderId\":\"ORD-1\",\"amount\":1,\"new\":{\"a\":[1]}}";

    assertThat(
            delivered(
                    action("payment", SAGA, "ProcessPayment", more)
                        .without(WireHeaders.CORRELATION_ID)
                        .without(WireHeaders.TRACE_PARENT)
                        .without(WireHeaders.SOURCE))
                .correlationId())
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        WireHeaders.ID,
        WireHeaders.TYPE,
        WireHeaders.DATA_VERSION,
        WireHeaders.SUBJECT,
        WireHeaders.SAGA_ID,
        WireHeaders.STEP,
        WireHeaders.PHASE,
        WireHeaders.ATTEMPT,
        WireHeaders.SHARD,
        WireHeaders.IDEMPOTENCY_KEY
      })
  void shouldSayWhichHeaderIsMissing(String name) {
    Unreadable unreadable = unreadable(processPayment().without(name));

    assertThat(unreadable.reason()).isEqualTo(DeadLetterReason.MISSING_HEADER);
    assertThat(unreadable.detail()).contains(name);
  }

  static Stream<Arguments> badHeaders() {
    return Stream.of(
        Arguments.of(WireHeaders.TYPE, "no name"),
        Arguments.of(WireHeaders.DATA_VERSION, "0"),
        Arguments.of(WireHeaders.SAGA_ID, "7"),
        Arguments.of(WireHeaders.STEP, "Payment!"),
        Arguments.of(WireHeaders.ITEM, "a/b"),
        Arguments.of(WireHeaders.ITEM, " "),
        Arguments.of(WireHeaders.ITEM, "a".repeat(101)),
        Arguments.of(WireHeaders.PHASE, "undo"),
        Arguments.of(WireHeaders.ATTEMPT, "0"),
        Arguments.of(WireHeaders.ATTEMPT, "first"),
        Arguments.of(WireHeaders.SHARD, "-1"),
        Arguments.of(WireHeaders.SHARD, "4"),
        Arguments.of(WireHeaders.SUBJECT, "x".repeat(1025)),
        Arguments.of(WireHeaders.STEP, "s".repeat(65)),
        Arguments.of(WireHeaders.TYPE, "T".repeat(129)),
        Arguments.of(WireHeaders.IDEMPOTENCY_KEY, SAGA + "/payment/compensation"),
        Arguments.of(WireHeaders.IDEMPOTENCY_KEY, SAGA + "/payment/item-1/action"));
  }

  @ParameterizedTest
  @MethodSource("badHeaders")
  void shouldSayWhichHeaderIsBad(String name, String value) {
    Unreadable unreadable = unreadable(processPayment().header(name, value));

    assertThat(unreadable.reason()).isEqualTo(DeadLetterReason.BAD_HEADER);
    assertThat(unreadable.detail()).contains(name);
  }

  static Stream<Arguments> badCommands() {
    String deep = "[".repeat(64) + "]".repeat(64);
    return Stream.of(
        Arguments.of(action("payment", SAGA, "BrewCoffee", JSON), DeadLetterReason.UNKNOWN_TYPE),
        Arguments.of(
            compensation("payment", SAGA, "ProcessPayment", JSON), DeadLetterReason.UNKNOWN_TYPE),
        Arguments.of(
            processPayment().header(WireHeaders.DATA_VERSION, "9"),
            DeadLetterReason.UNKNOWN_VERSION),
        Arguments.of(processPayment().value(new byte[1001]), DeadLetterReason.PAYLOAD_TOO_LARGE),
        Arguments.of(
            action("payment", SAGA, "ProcessPayment", "{\"other\":" + deep + "}"),
            DeadLetterReason.PAYLOAD_TOO_DEEP),
        Arguments.of(processPayment().value(new byte[0]), DeadLetterReason.BAD_PAYLOAD),
        Arguments.of(
            processPayment().value(new byte[] {'"', (byte) 0xff, '"'}),
            DeadLetterReason.BAD_PAYLOAD),
        Arguments.of(
            action("payment", SAGA, "ProcessPayment", "null"), DeadLetterReason.BAD_PAYLOAD),
        Arguments.of(
            action("payment", SAGA, "ProcessPayment", "{\"amount\":\"ten\"}"),
            DeadLetterReason.BAD_PAYLOAD),
        Arguments.of(
            action("payment", SAGA, "ProcessPayment", JSON + "}"), DeadLetterReason.BAD_PAYLOAD));
  }

  @ParameterizedTest
  @MethodSource("badCommands")
  void shouldSayWhy_whenCommandCannotBeRead(CommandRecords record, DeadLetterReason reason) {
    assertThat(unreadable(record).reason()).isEqualTo(reason);
  }

  @Test
  void shouldStillRead_whenPayloadIsAtTheLimits() {
    String deep = "[".repeat(63) + "]".repeat(63);

    assertThat(delivered(processPayment().header(WireHeaders.SUBJECT, "x".repeat(1024))).key())
        .hasSize(1024);
    assertThat(
            delivered(action("payment", SAGA, "ProcessPayment", "{\"other\":" + deep + "}"))
                .command())
        .isInstanceOf(ProcessPayment.class);
    assertThat(
            delivered(
                    action(
                        "payment", SAGA, "ProcessPayment", JSON + " ".repeat(1000 - JSON.length())))
                .command())
        .isInstanceOf(ProcessPayment.class);
  }

  static Stream<Throwable> defects() {
    return Stream.of(
        new NullPointerException("a defect"),
        new StackOverflowError(),
        new AssertionError("a defect"),
        new NoClassDefFoundError("Gone"));
  }

  @ParameterizedTest
  @MethodSource("defects")
  void shouldSayWhy_whenCodecItselfFails(Throwable defect) {
    CommandReader failing = new CommandReader(new ThrowingCodec(defect), 1000);

    Reading reading = failing.read(payment, processPayment().consumed(), partition -> true);

    assertThat(reading)
        .isInstanceOfSatisfying(
            Unreadable.class,
            unreadable -> {
              assertThat(unreadable.reason()).isEqualTo(DeadLetterReason.BAD_PAYLOAD);
              assertThat(unreadable.detail()).contains("ProcessPayment", defect.toString());
            });
  }

  private record ThrowingCodec(Throwable defect) implements PayloadCodec {

    @Override
    public String encode(Object value) {
      throw new UnsupportedOperationException("Only reading is asked for");
    }

    @Override
    public <T> T decode(String json, Class<T> type) {
      if (defect instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) defect;
    }
  }

  private static CommandRecords processPayment() {
    return action("payment", SAGA, "ProcessPayment", JSON);
  }

  private Delivery<?, ?> delivered(CommandRecords record) {
    return ((Readable) read(record)).delivery();
  }

  private Unreadable unreadable(CommandRecords record) {
    return (Unreadable) read(record);
  }

  private Reading read(CommandRecords record) {
    return reader.read(payment, record.consumed(), partition -> partition < 4);
  }
}
