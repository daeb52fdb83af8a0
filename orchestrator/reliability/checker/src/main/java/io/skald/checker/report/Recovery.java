package io.skald.checker.report;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * How long it took until all moved again that a fault had stopped.
 *
 * @param fault which one
 * @param from when the clock began: as a rule the fault's end
 * @param took from then until the last of what the fault had stopped had moved
 */
public record Recovery(Fault fault, Instant from, Duration took) {

  public Recovery {
    Objects.requireNonNull(fault, "fault");
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(took, "took");
  }
}
