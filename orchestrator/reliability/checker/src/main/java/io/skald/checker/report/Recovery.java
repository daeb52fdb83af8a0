package io.skald.checker.report;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * How long it took until the sagas moved again after a fault.
 *
 * @param from when the fault was made
 * @param target what it was made to
 * @param took from then until the first saga moved that the fault had stopped
 */
public record Recovery(Instant from, String target, Duration took) {

  public Recovery {
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(took, "took");
  }
}
