package io.skald.participant;

import io.skald.participant.Reading.Unreadable;
import io.skald.saga.message.Topic;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Makes the record of a dead letter: the original, and why it is there and where it came from. */
final class DeadLetters {

  static final String REASON = "skald_dlq_reason";

  /** Which {@link DeadLetterReason} it was; the reason itself is a sentence. */
  static final String CODE = "skald_dlq_code";

  static final String TOPIC = "skald_dlq_topic";
  static final String PARTITION = "skald_dlq_partition";
  static final String OFFSET = "skald_dlq_offset";

  /** Says how many bytes the value had, when it had to be cut. */
  static final String CUT_FROM = "skald_dlq_cut_from";

  /**
   * A record at Kafka's limit of 1 MiB would be over it with our headers, and never get through.
   */
  private static final int MOST_BYTES = 900 * 1024;

  private static final int CUT_TO = 64 * 1024;

  private DeadLetters() {}

  static ProducerRecord<String, byte[]> of(
      ConsumerRecord<String, byte[]> record, Unreadable unreadable) {
    RecordHeaders headers = new RecordHeaders();
    int size = 0;
    for (Header header : record.headers()) {
      size += header.key().length() + (header.value() == null ? 0 : header.value().length);
    }
    if (size < MOST_BYTES / 2) {
      record.headers().forEach(headers::add);
    }
    put(headers, REASON, new Problem("", unreadable.detail()).message());
    put(headers, CODE, unreadable.reason().name());
    put(headers, TOPIC, record.topic());
    put(headers, PARTITION, Integer.toString(record.partition()));
    put(headers, OFFSET, Long.toString(record.offset()));
    byte[] value = record.value();
    String key = record.key();
    int keySize = key == null ? 0 : key.length() * 3;
    if (value != null && value.length + (long) size + keySize > MOST_BYTES) {
      put(headers, CUT_FROM, Integer.toString(value.length));
      value = Arrays.copyOf(value, Math.min(value.length, CUT_TO));
    }
    return new ProducerRecord<>(
        new Topic(record.topic()).deadLetters().name(),
        null,
        keySize > MOST_BYTES / 4 ? null : key,
        value,
        headers);
  }

  private static void put(RecordHeaders headers, String name, String value) {
    headers.remove(name);
    headers.add(name, value.getBytes(StandardCharsets.UTF_8));
  }
}
