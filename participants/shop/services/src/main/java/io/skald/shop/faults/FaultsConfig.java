package io.skald.shop.faults;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Faults on purpose. All are off by default. */
@ConfigMapping(prefix = "shop.faults")
public interface FaultsConfig {

  /** Whether {@code /api/faults} is there, by which anyone who reaches it can switch faults. */
  @WithDefault("true")
  boolean apiEnabled();

  /** Faults of the order participant. */
  Faults order();

  /** Faults of the payment participant. */
  Faults payment();

  /** Faults of the inventory participant. */
  Faults inventory();

  /** Faults of the shipping participant. */
  Faults shipping();

  /** Faults of one participant. */
  interface Faults {

    /** The part of all commands that fail transiently, 0 to 1. */
    @WithDefault("0")
    double failureRate();

    /** The first so many attempts of every action fail transiently. */
    @WithDefault("0")
    int failFirst();

    /** How long every command waits before it is handled. */
    @WithDefault("PT0S")
    Duration delay();

    /** Whether actions are swallowed: neither done nor answered. */
    @WithDefault("false")
    boolean silent();
  }
}
