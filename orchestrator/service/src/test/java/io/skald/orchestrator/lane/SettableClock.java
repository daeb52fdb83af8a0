package io.skald.orchestrator.lane;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until a test ticks it. */
final class SettableClock implements InstantSource {

  static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

  private volatile Instant now = START;

  @Override
  public Instant instant() {
    return now;
  }

  void tick(Duration passed) {
    now = now.plus(passed);
  }
}
