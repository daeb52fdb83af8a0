package io.skald.benchmark;

import java.util.Locale;
import java.util.OptionalDouble;

/**
 * One load to put on the stack.
 *
 * @param inFlight how many sagas a closed loop keeps in flight; not used when there is a rate
 * @param rate how many arrive in a second, whether the stack keeps up or not
 */
public record LoadPoint(int inFlight, OptionalDouble rate) {

  static LoadPoint closed(int inFlight) {
    return new LoadPoint(inFlight, OptionalDouble.empty());
  }

  static LoadPoint open(double rate) {
    return new LoadPoint(0, OptionalDouble.of(rate));
  }

  Pace pace() {
    return rate.isPresent()
        ? new OpenLoop(rate.getAsDouble(), System.nanoTime())
        : new ClosedLoop(inFlight);
  }

  /** For people. */
  String text() {
    return rate.isPresent()
        ? String.format(Locale.ROOT, "%.0f arrivals/s", rate.getAsDouble())
        : inFlight + " in flight";
  }
}
