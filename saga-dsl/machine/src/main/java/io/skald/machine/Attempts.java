package io.skald.machine;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * The attempts at one phase of a step so far.
 *
 * @param number the latest attempt, from 1; what the wire says
 * @param first the attempt with which the present retry budget began: 1, or the first one after an
 *     operator resumed the saga
 * @param since when attempt {@code first} was issued, moved on by as long as commands then waited
 *     to be published: that time does not count
 */
public record Attempts(int number, int first, Instant since) {

  public Attempts {
    Objects.requireNonNull(since, "since");
  }

  static Attempts firstAt(Instant now) {
    return new Attempts(1, 1, now);
  }

  /** One more attempt within the same budget. */
  Attempts next() {
    return new Attempts(number + 1, first, since);
  }

  /** One more attempt, which begins a new budget. */
  Attempts renewed(Instant now) {
    return new Attempts(number + 1, number + 1, now);
  }

  /** The time budget stood still for this long, for a command waited to be published. */
  Attempts paused(Duration wait) {
    return new Attempts(number, first, since.plus(wait));
  }

  /** How many of the present budget are used. */
  int used() {
    return number - first + 1;
  }

  Duration elapsed(Instant now) {
    return Duration.between(since, now);
  }
}
