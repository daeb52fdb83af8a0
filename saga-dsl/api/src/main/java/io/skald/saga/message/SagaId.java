package io.skald.saga.message;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * The id of one saga.
 *
 * <p>A saga that is started with a key has an id that follows from the key (RFC 9562, version 5),
 * so that the same start, however often it arrives, is the same saga; where the sagas of a key
 * exclude each other it follows from the key and the start. One without a key has an id that sorts
 * by time (version 7).
 *
 * @param value the UUID
 */
public record SagaId(UUID value) {

  /** Version 5 wants a namespace of its own; this one is Skald's, chosen once at random. */
  private static final UUID NAMESPACE = UUID.fromString("6f1c5b1e-8f0a-4f3c-9d57-3b0a52d5c1a7");

  public SagaId {
    Objects.requireNonNull(value, "value");
  }

  /** The id of the saga that runs {@code definition} for {@code key}; always the same. */
  public static SagaId forKey(String definition, String key) {
    return ofName(definition + '\n' + key);
  }

  /**
   * The id of the saga that a start began, where a key may have many sagas, one after the other;
   * always the same for the same start.
   *
   * @param start tells starts apart, such as an event's source and id
   */
  public static SagaId forStart(String definition, String key, String start) {
    return ofName(definition + '\n' + key + '\n' + start);
  }

  private static SagaId ofName(String text) {
    byte[] name = text.getBytes(StandardCharsets.UTF_8);
    MessageDigest sha1 = sha1();
    sha1.update(bytes(NAMESPACE));
    ByteBuffer digest = ByteBuffer.wrap(sha1.digest(name));
    return new SagaId(stamped(digest.getLong(), digest.getLong(), 5));
  }

  /**
   * An id for a saga without a key.
   *
   * @param now becomes its first 48 bits, in milliseconds
   * @param random 128 random bits, of which 74 are used
   */
  public static SagaId ofTime(Instant now, UUID random) {
    long high = (now.toEpochMilli() << 16) | (random.getMostSignificantBits() & 0xffffL);
    return new SagaId(stamped(high, random.getLeastSignificantBits(), 7));
  }

  /** Reads the canonical text form of a UUID; empty when {@code text} is not one. */
  public static Optional<SagaId> parse(String text) {
    if (text.length() != 36) {
      return Optional.empty();
    }
    try {
      UUID uuid = UUID.fromString(text);
      // fromString also reads groups of other lengths, so that one id would have many texts.
      return uuid.toString().equalsIgnoreCase(text)
          ? Optional.of(new SagaId(uuid))
          : Optional.empty();
    } catch (IllegalArgumentException notAnId) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return value.toString();
  }

  private static UUID stamped(long high, long low, int version) {
    return new UUID(
        (high & 0xffff_ffff_ffff_0fffL) | ((long) version << 12),
        (low & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L);
  }

  private static byte[] bytes(UUID uuid) {
    return ByteBuffer.allocate(16)
        .putLong(uuid.getMostSignificantBits())
        .putLong(uuid.getLeastSignificantBits())
        .array();
  }

  private static MessageDigest sha1() {
    try {
      return MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-1", e);
    }
  }
}
