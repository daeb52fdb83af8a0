package io.skald.orchestrator.journal;

import io.skald.saga.message.SagaId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.UUID;

/** What ids tell about when their sagas began: the days before need no look. */
final class SagaAges {

  private static final int TIME_ORDERED = 7;

  /** How far the clocks of a caller and an orchestrator may be apart. */
  private static final Duration CLOCK_SKEW = Duration.ofDays(1);

  private SagaAges() {}

  /** None of these sagas can have ended before; the beginning of time when an id does not tell. */
  static Instant oldest(Collection<SagaId> ids) {
    Instant oldest = Instant.MAX;
    for (SagaId id : ids) {
      Instant began = began(id.value());
      if (began.isBefore(oldest)) {
        oldest = began;
      }
    }
    return oldest;
  }

  private static Instant began(UUID id) {
    return id.version() == TIME_ORDERED
        ? Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16).minus(CLOCK_SKEW)
        : Instant.EPOCH;
  }
}
