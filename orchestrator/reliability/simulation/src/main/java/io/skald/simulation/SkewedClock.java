package io.skald.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The clock of one machine, which may be wrong. */
final class SkewedClock implements InstantSource {

  private final Timeline timeline;
  private Duration ahead = Duration.ZERO;

  SkewedClock(Timeline timeline) {
    this.timeline = timeline;
  }

  @Override
  public Instant instant() {
    return timeline.instant().plus(ahead);
  }

  /** By how much it jumps; backwards when negative. */
  void jump(Duration by) {
    ahead = ahead.plus(by);
  }
}
