package io.skald.orchestrator.rest;

import io.skald.orchestrator.query.Position;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/** A position in a list as text. Callers hand it back and make nothing of it. */
final class Cursor {

  private static final byte VERSION = 1;
  private static final int LENGTH = 1 + Long.BYTES + Integer.BYTES + 2 * Long.BYTES;

  private Cursor() {}

  static String text(Position position) {
    byte[] bytes =
        ByteBuffer.allocate(LENGTH)
            .put(VERSION)
            .putLong(position.createdAt().getEpochSecond())
            .putInt(position.createdAt().getNano())
            .putLong(position.id().getMostSignificantBits())
            .putLong(position.id().getLeastSignificantBits())
            .array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** The position that {@code text} says; empty when it is none. */
  static Optional<Position> position(String text) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(text);
      if (bytes.length != LENGTH || bytes[0] != VERSION) {
        return Optional.empty();
      }
      ByteBuffer buffer = ByteBuffer.wrap(bytes, 1, LENGTH - 1);
      Instant createdAt = Instant.ofEpochSecond(buffer.getLong(), buffer.getInt());
      return ListQuery.isStorable(createdAt)
          ? Optional.of(new Position(createdAt, new UUID(buffer.getLong(), buffer.getLong())))
          : Optional.empty();
    } catch (IllegalArgumentException | DateTimeException | ArithmeticException notOurs) {
      return Optional.empty();
    }
  }
}
