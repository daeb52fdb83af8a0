package io.skald.chaos.stack;

import io.skald.standalone.StandaloneException;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Tries again what may fail for a while, such as a start while its servers are away. */
final class Attempts {

  private Attempts() {}

  /**
   * Begins attempts for so long, at least one.
   *
   * @param ended asked before each attempt, whether none is wanted any more
   * @param attempt fails with a {@link StandaloneException}
   * @param undo clears up after an attempt that has failed
   * @return whether one has not failed
   */
  static boolean within(Duration patience, BooleanSupplier ended, Runnable attempt, Runnable undo) {
    long end = System.nanoTime() + patience.toNanos();
    while (!ended.getAsBoolean()) {
      try {
        attempt.run();
        return true;
      } catch (StandaloneException notYet) {
        undo.run();
        if (System.nanoTime() >= end) {
          return false;
        }
      }
    }
    return false;
  }
}
