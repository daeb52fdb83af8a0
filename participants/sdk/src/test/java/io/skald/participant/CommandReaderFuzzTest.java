package io.skald.participant;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.skald.participant.Reading.Readable;
import io.skald.participant.Reading.Unreadable;
import io.skald.participant.TestMessages.PaymentProcessed;
import io.skald.participant.TestMessages.PaymentRefunded;
import io.skald.participant.TestMessages.ProcessPayment;
import io.skald.participant.TestMessages.ProcessPaymentInCurrency;
import io.skald.participant.TestMessages.RefundPayment;
import io.skald.saga.message.Outcome;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.WireHeaders;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;
import net.jqwik.api.statistics.StatisticsReport.StatisticsReportMode;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** Whatever stands in a command topic can be answered, or goes away with a reason. */
class CommandReaderFuzzTest {

  /** The default of a broker. */
  private static final int MOST_BYTES = 1_000_000;

  private static final int MAX_PAYLOAD = 1_000;
  private static final SagaId SAGA = new SagaId(new UUID(1, 2));
  private static final String JSON = "{\"orderId\":\"ORD-1\",\"amount\":10.10,\"behaviour\":\"\"}";

  private static final List<CommandRecords> GOOD =
      List.of(
          CommandRecords.action("payment", SAGA, "ProcessPayment", JSON),
          CommandRecords.action("payment", SAGA, "ProcessPayment", JSON)
              .header(WireHeaders.DATA_VERSION, "2"),
          CommandRecords.action("payment", SAGA, "ProcessPayment", JSON).item("P-17"),
          CommandRecords.compensation("payment", SAGA, "RefundPayment", "{\"orderId\":\"ORD-1\"}"));

  private static final List<String> HEADERS = List.copyOf(GOOD.get(2).headers().keySet());

  private static final List<String> ODD_TEXTS =
      List.of(
          "",
          "\0",
          "\r\n",
          "-1",
          "0",
          "3",
          "2147483648",
          "١",
          "😀",
          "\ud83d",
          "\ufffd",
          "action",
          "compensation",
          "ProcessPayment",
          "payment",
          "x".repeat(1_024),
          "x".repeat(1_025),
          "x".repeat(400_000));

  private static final List<String> ODD_JSON =
      List.of(
          "null",
          "[]",
          "{}",
          "\"\"",
          "{\"amount\":1e999999999}",
          "{\"amount\":1e-99999999999}",
          "{\"amount\":-0.0}",
          "{\"amount\":NaN}",
          "{\"amount\":\"1\"}",
          "{\"amount\":{}}",
          "{\"orderId\":\"\\ud83d\"}",
          "{\"orderId\":\"\\u0000\"}",
          "{\"orderId\":1}",
          "{\"orderId\":[\"a\"]}",
          "{\"x\":" + "9".repeat(900) + "}",
          "{\"x\":" + "[".repeat(63) + "]".repeat(63) + "}",
          "{\"x\":" + "[".repeat(64) + "]".repeat(64) + "}",
          "[".repeat(900));

  private final ParticipantService payment =
      ParticipantService.named("payment")
          .action(ProcessPayment.class, (c, x) -> new PaymentProcessed("P", c.amount()))
          .action(ProcessPaymentInCurrency.class, (c, x) -> new PaymentProcessed("P", c.amount()))
          .compensation(
              RefundPayment.class, (c, x) -> new PaymentRefunded(c.orderId(), "P", BigDecimal.ONE))
          .build();

  private final JacksonPayloadCodec codec = new JacksonPayloadCodec(new ObjectMapper());
  private final CommandReader reader = new CommandReader(codec, MAX_PAYLOAD);
  private final ReplyFactory replies =
      new ReplyFactory(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC), () -> "id");

  @Property(edgeCases = EdgeCasesMode.NONE)
  @StatisticsReport(StatisticsReportMode.OFF)
  void shouldReadOrSayWhy_whateverComes(@ForAll("records") ConsumerRecord<String, byte[]> record) {
    // when
    Reading reading = reader.read(payment, record, partition -> partition < 4);

    // then
    switch (reading) {
      case Readable(Delivery<?, ?> delivery) -> {
        assertThat(delivery.messageType().name()).isIn("ProcessPayment", "RefundPayment");
        assertThat(delivery.idempotencyKey().toString()).hasSizeLessThan(220);
        ProducerRecord<String, byte[]> reply =
            replies.reply(payment.participant(), delivery, failed(delivery));
        assertThat(sizeOf(reply.headers()) + reply.value().length).isLessThan(MOST_BYTES);
      }
      case Unreadable unreadable -> {
        assertThat(unreadable.detail()).startsWith("Expected ").doesNotContain("\tat ");
        ProducerRecord<String, byte[]> letter = DeadLetters.of(record, unreadable);
        int value = letter.value() == null ? 0 : letter.value().length;
        assertThat(sizeOf(letter.headers()) + value).isLessThan(MOST_BYTES);
      }
    }
    Statistics.collect(reading.getClass().getSimpleName());
    Statistics.coverage(
        seen -> {
          seen.check("Readable").percentage(share -> share > 5);
          seen.check("Unreadable").percentage(share -> share > 5);
        });
  }

  private Answer failed(Delivery<?, ?> delivery) {
    Answer answer =
        new Answers(codec, MAX_PAYLOAD).failed(delivery, new IllegalStateException("no"));
    assertThat(answer.outcome()).isEqualTo(Outcome.FAILED);
    return answer;
  }

  private static int sizeOf(Iterable<Header> headers) {
    int size = 0;
    for (Header header : headers) {
      size += header.key().length() + (header.value() == null ? 0 : header.value().length);
    }
    return size;
  }

  @Provide
  Arbitrary<ConsumerRecord<String, byte[]>> records() {
    Arbitrary<byte[]> headerValues =
        Arbitraries.oneOf(
            Arbitraries.of(ODD_TEXTS).map(CommandReaderFuzzTest::utf8),
            Arbitraries.bytes().array(byte[].class).ofMaxSize(40));
    return Combinators.combine(
            Arbitraries.of(GOOD),
            Arbitraries.maps(Arbitraries.of(HEADERS), headerValues).ofMaxSize(2),
            Arbitraries.of(HEADERS).optional(0.2),
            payloads().optional(0.5),
            Arbitraries.of(ODD_TEXTS).optional(0.3))
        .as(CommandReaderFuzzTest::spoilt);
  }

  private static Arbitrary<byte[]> payloads() {
    return Arbitraries.oneOf(
        Arbitraries.of(ODD_JSON).map(CommandReaderFuzzTest::utf8),
        Arbitraries.bytes().array(byte[].class).ofMaxSize(60),
        Arbitraries.of(MAX_PAYLOAD, MAX_PAYLOAD + 1, 2_000_000)
            .map(size -> utf8(JSON + " ".repeat(size - JSON.length()))),
        Combinators.combine(
                Arbitraries.integers().between(0, JSON.length() - 1), Arbitraries.bytes())
            .as(
                (at, changed) -> {
                  byte[] bytes = utf8(JSON);
                  bytes[at] = changed;
                  return bytes;
                }),
        Arbitraries.integers()
            .between(0, JSON.length())
            .map(end -> Arrays.copyOf(utf8(JSON), end)));
  }

  private static ConsumerRecord<String, byte[]> spoilt(
      CommandRecords good,
      Map<String, byte[]> changed,
      Optional<String> removed,
      Optional<byte[]> value,
      Optional<String> key) {
    RecordHeaders headers = new RecordHeaders();
    good.headers().forEach((name, text) -> headers.add(name, utf8(text)));
    changed.forEach(headers::add);
    removed.ifPresent(headers::remove);
    return new ConsumerRecord<>(
        good.topic(),
        good.partition(),
        17L,
        0L,
        TimestampType.CREATE_TIME,
        0,
        0,
        key.orElse(good.key()),
        value.orElse(good.value()),
        headers,
        Optional.empty());
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
