package io.skald.chaos.nemesis;

import io.skald.saga.message.WireHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Makes of a real record one that nobody can want. For one thread. */
final class CorruptRecords {

  /** Above what a payload may have, and below what a broker takes. */
  private static final int OVERSIZE = 300 * 1024;

  /** In what way it is bad. */
  private enum Way {
    BAD_JSON,
    RANDOM_BYTES,
    NO_VALUE,
    NO_HEADERS,
    UNKNOWN_TYPE,
    UNKNOWN_VERSION,
    NO_SUCH_SAGA,
    WRONG_TOPIC,
    OVERSIZED
  }

  private final Random random;

  CorruptRecords(Random random) {
    this.random = random;
  }

  ProducerRecord<byte[], byte[]> of(ConsumerRecord<byte[], byte[]> model, List<String> topics) {
    Way[] ways = Way.values();
    return switch (ways[random.nextInt(ways.length)]) {
      case BAD_JSON -> like(model, model.topic(), truncated(model));
      case RANDOM_BYTES -> like(model, model.topic(), randomBytes());
      case NO_VALUE -> like(model, model.topic(), null);
      case NO_HEADERS ->
          new ProducerRecord<>(model.topic(), model.partition(), model.key(), model.value());
      case UNKNOWN_TYPE -> with(model, WireHeaders.TYPE, "Unheard" + random.nextInt(100));
      case UNKNOWN_VERSION -> with(model, WireHeaders.DATA_VERSION, "99");
      case NO_SUCH_SAGA ->
          // A command for no saga would be a forgery, which the topics' access rules keep out.
          kind(model.topic()).equals("-events")
              ? with(model, WireHeaders.SAGA_ID, randomId().toString())
              : like(model, model.topic(), randomBytes());
      case WRONG_TOPIC -> like(model, anotherTopic(model.topic(), topics), model.value());
      case OVERSIZED -> like(model, model.topic(), oversized());
    };
  }

  private static ProducerRecord<byte[], byte[]> like(
      ConsumerRecord<byte[], byte[]> model, String topic, byte @Nullable [] value) {
    return new ProducerRecord<>(topic, model.partition(), model.key(), value, model.headers());
  }

  private static ProducerRecord<byte[], byte[]> with(
      ConsumerRecord<byte[], byte[]> model, String name, String value) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(model.topic(), model.partition(), model.key(), model.value());
    for (Header header : model.headers()) {
      record.headers().add(header);
    }
    record.headers().remove(name);
    record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    return record;
  }

  private static byte[] truncated(ConsumerRecord<byte[], byte[]> model) {
    byte[] value = model.value();
    return value == null || value.length < 2
        ? "{".getBytes(StandardCharsets.UTF_8)
        : Arrays.copyOf(value, value.length - 1);
  }

  private byte[] randomBytes() {
    byte[] bytes = new byte[random.nextInt(1, 200)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] oversized() {
    byte[] text = new byte[OVERSIZE];
    Arrays.fill(text, (byte) 'x');
    byte[] head = "{\"orderId\":\"".getBytes(StandardCharsets.UTF_8);
    System.arraycopy(head, 0, text, 0, head.length);
    text[OVERSIZE - 2] = '"';
    text[OVERSIZE - 1] = '}';
    return text;
  }

  /** Of the seed, unlike {@code UUID.randomUUID}. */
  private UUID randomId() {
    long version7 = (random.nextLong() & ~0xF000L) | 0x7000L;
    long variant = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    return new UUID(version7, variant);
  }

  private String anotherTopic(String topic, List<String> topics) {
    List<String> others =
        topics.stream()
            .filter(other -> !other.equals(topic))
            .filter(other -> kind(other).equals(kind(topic)))
            .toList();
    return others.isEmpty() ? topic : others.get(random.nextInt(others.size()));
  }

  private static String kind(String topic) {
    return topic.substring(topic.lastIndexOf('-'));
  }
}
