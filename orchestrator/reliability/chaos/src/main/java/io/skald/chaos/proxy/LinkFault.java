package io.skald.chaos.proxy;

import java.time.Duration;

/** What is wrong with a link. */
public sealed interface LinkFault {

  /** Nothing. */
  record None() implements LinkFault {}

  /**
   * Whatever is sent arrives later.
   *
   * @param by for each piece of at most 16 KiB, in each direction
   */
  record Delay(Duration by) implements LinkFault {}

  /** Little fits through; in each direction of each connection. */
  record Bandwidth(int bytesPerSecond) implements LinkFault {
    public Bandwidth {
      if (bytesPerSecond < 1) {
        throw new IllegalArgumentException(
            "Expected at least one byte per second, but got " + bytesPerSecond);
      }
    }
  }

  /**
   * Nothing arrives, and nobody is told. What was sent meanwhile arrives when the link is well
   * again, as TCP would send it once more.
   */
  record BlackHole() implements LinkFault {}

  /**
   * The server has lost the connections and the client does not know: what it sends vanishes, and
   * no answer comes. Such a connection stays so when the link is well again, until its client gives
   * it up.
   */
  record HalfOpen() implements LinkFault {}

  /** All connections are reset, and so is every new one. */
  record Reset() implements LinkFault {}
}
