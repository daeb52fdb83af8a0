package io.skald.machine;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/**
 * Time and chance, which come in by the door.
 *
 * @param now what the clock says; cut to microseconds, which is what PostgreSQL keeps
 * @param random from 0 (inclusive) to 1 (exclusive)
 */
public record Moment(Instant now, double random) {

  public Moment {
    Objects.requireNonNull(now, "now");
    now = now.truncatedTo(ChronoUnit.MICROS);
    if (!(random >= 0 && random < 1)) {
      throw new IllegalArgumentException("Expected random from 0 to below 1, but found " + random);
    }
  }

  /** An instant to come, cut like {@link #now}: the stores keep no finer ones. */
  Instant after(Duration wait) {
    return now.plus(wait).truncatedTo(ChronoUnit.MICROS);
  }
}
