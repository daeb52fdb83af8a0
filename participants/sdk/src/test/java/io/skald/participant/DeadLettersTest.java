package io.skald.participant;

import static org.assertj.core.api.Assertions.assertThat;

import io.skald.participant.Reading.Unreadable;
import io.skald.saga.message.SagaId;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class DeadLettersTest {

  private static final Unreadable WHY =
      new Unreadable(DeadLetterReason.BAD_PAYLOAD, "Expected JSON");
  private static final CommandRecords ORIGINAL =
      CommandRecords.action("payment", new SagaId(new UUID(1, 2)), "ProcessPayment", "{");

  @Test
  void shouldCarryOriginalAndReason() {
    ProducerRecord<String, byte[]> letter = DeadLetters.of(ORIGINAL.consumed(), WHY);

    assertThat(letter.topic()).isEqualTo("payment-commands-dlq");
    assertThat(letter.key()).isEqualTo(ORIGINAL.key());
    assertThat(letter.value()).isEqualTo(ORIGINAL.value());
    ORIGINAL.headers().forEach((name, value) -> assertThat(header(letter, name)).isEqualTo(value));
    assertThat(header(letter, "skald_dlq_code")).isEqualTo("BAD_PAYLOAD");
    assertThat(header(letter, "skald_dlq_reason")).isEqualTo("Expected JSON");
    assertThat(header(letter, "skald_dlq_topic")).isEqualTo("payment-commands");
    assertThat(header(letter, "skald_dlq_partition")).isEqualTo("0");
    assertThat(header(letter, "skald_dlq_offset")).isEqualTo("17");
  }

  @Test
  void shouldGetThrough_whenOriginalIsAtKafkasLimit() {
    byte[] large = new byte[1_048_000];

    ProducerRecord<String, byte[]> letter = DeadLetters.of(ORIGINAL.value(large).consumed(), WHY);

    assertThat(letter.value()).hasSizeLessThan(100_000);
    assertThat(header(letter, "skald_dlq_cut_from")).isEqualTo("1048000");
  }

  private static String header(ProducerRecord<?, ?> record, String name) {
    return new String(
        Objects.requireNonNull(record.headers().lastHeader(name), name).value(),
        StandardCharsets.UTF_8);
  }
}
