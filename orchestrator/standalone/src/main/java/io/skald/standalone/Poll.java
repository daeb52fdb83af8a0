package io.skald.standalone;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waiting with a deadline. */
final class Poll {
  private static final Duration STEP = Duration.ofMillis(50);

  private Poll() {}

  /**
   * Asks until the condition holds or the time is up.
   *
   * @return whether the condition held; false also when the thread was interrupted, whose interrupt
   *     flag is then set
   */
  static boolean until(Duration timeout, BooleanSupplier condition) {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline >= 0 || !pause(STEP)) {
        return false;
      }
    }
    return true;
  }

  /** Waits; false, with the interrupt flag set, when interrupted. */
  static boolean pause(Duration duration) {
    try {
      Thread.sleep(duration);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
