package io.skald.benchmark;

/** Says when the next saga is to be started. One thread asks; any thread reports ends. */
interface Pace {

  /**
   * Waits until it is time for the next one.
   *
   * @return {@link System#nanoTime} from which its latency counts
   */
  long awaitNext() throws InterruptedException;

  /** One that was started has ended, or has been given up. */
  void over();

  /** For how many nanoseconds {@link #awaitNext} has waited: what the generator had to spare. */
  long waitedNanos();
}
