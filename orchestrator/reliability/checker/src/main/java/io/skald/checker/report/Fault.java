package io.skald.checker.report;

import java.time.Instant;
import java.util.Objects;

/**
 * A fault that was made on purpose.
 *
 * @param begin when it was made
 * @param end when it was taken away; the same as {@code begin} for what takes no time, such as a
 *     kill
 * @param kind what was done, such as {@code kill -9}
 * @param target to what, such as {@code orchestrator-1}
 */
public record Fault(Instant begin, Instant end, String kind, String target) {

  public Fault {
    Objects.requireNonNull(begin, "begin");
    Objects.requireNonNull(end, "end");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(target, "target");
    if (end.isBefore(begin)) {
      throw new IllegalArgumentException(
          "Expected fault '" + kind + "' to end after " + begin + ", but found " + end);
    }
  }
}
