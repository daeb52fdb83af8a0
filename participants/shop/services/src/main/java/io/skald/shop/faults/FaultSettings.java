package io.skald.shop.faults;

import java.time.Duration;
import java.util.Objects;

/**
 * The faults of one participant; see {@link FaultsConfig.Faults}.
 *
 * @param failureRate from 0 to 1
 * @param failFirst 0 or above
 * @param delay from zero to {@link #LONGEST_DELAY}
 */
record FaultSettings(double failureRate, int failFirst, Duration delay, boolean silent) {

  static final Duration LONGEST_DELAY = Duration.ofMinutes(10);

  FaultSettings {
    delay = Objects.requireNonNullElse(delay, Duration.ZERO);
    if (!(failureRate >= 0 && failureRate <= 1)) {
      throw new IllegalArgumentException("Expected a failureRate from 0 to 1");
    }
    if (failFirst < 0) {
      throw new IllegalArgumentException("Expected failFirst to be 0 or above");
    }
    if (delay.isNegative() || delay.compareTo(LONGEST_DELAY) > 0) {
      throw new IllegalArgumentException("Expected a delay from zero to " + LONGEST_DELAY);
    }
  }

  static FaultSettings of(FaultsConfig.Faults config) {
    return new FaultSettings(
        config.failureRate(), config.failFirst(), config.delay(), config.silent());
  }
}
