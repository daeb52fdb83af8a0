package io.skald.orchestrator.journal;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.Oid;
import org.postgresql.jdbc.PgArray;

/**
 * Arrays as PostgreSQL's binary protocol has them, of the types that the driver would send as text:
 * text is dear to write, to escape and to read, for each element of each batch.
 */
final class BinaryArrays {

  private static final Instant POSTGRES_EPOCH = Instant.parse("2000-01-01T00:00:00Z");

  private static final int HEADER = 5 * Integer.BYTES;

  private BinaryArrays() {}

  static PgArray of(Connection connection, UUID[] ids) throws SQLException {
    int size = 2 * Long.BYTES;
    ByteBuffer bytes = started(Oid.UUID, ids.length, ids.length * (Integer.BYTES + size), false);
    for (UUID id : ids) {
      bytes.putInt(size).putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
    }
    return array(connection, Oid.UUID_ARRAY, bytes);
  }

  /** Nanoseconds are cut off: PostgreSQL keeps microseconds. */
  static PgArray of(Connection connection, @Nullable Instant[] instants) throws SQLException {
    ByteBuffer bytes =
        started(
            Oid.TIMESTAMPTZ, instants.length, instants.length * (Integer.BYTES + Long.BYTES), true);
    for (Instant instant : instants) {
      if (instant == null) {
        bytes.putInt(-1);
      } else {
        bytes.putInt(Long.BYTES).putLong(micros(instant));
      }
    }
    return array(connection, Oid.TIMESTAMPTZ_ARRAY, bytes);
  }

  private static long micros(Instant instant) {
    Duration since = Duration.between(POSTGRES_EPOCH, instant);
    return Math.addExact(
        Math.multiplyExact(since.getSeconds(), 1_000_000L), since.getNano() / 1_000);
  }

  private static ByteBuffer started(int type, int length, int bytes, boolean mayHaveNulls) {
    if (length == 0) {
      return ByteBuffer.allocate(3 * Integer.BYTES).putInt(0).putInt(0).putInt(type);
    }
    int dimensions = 1;
    int lowerBound = 1;
    return ByteBuffer.allocate(HEADER + bytes)
        .putInt(dimensions)
        .putInt(mayHaveNulls ? 1 : 0)
        .putInt(type)
        .putInt(length)
        .putInt(lowerBound);
  }

  private static PgArray array(Connection connection, int type, ByteBuffer bytes)
      throws SQLException {
    byte[] exact = new byte[bytes.position()];
    bytes.flip().get(exact);
    return new PgArray(connection.unwrap(BaseConnection.class), type, exact);
  }
}
