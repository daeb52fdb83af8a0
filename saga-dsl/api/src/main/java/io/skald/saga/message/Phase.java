package io.skald.saga.message;

import java.util.Locale;
import java.util.Optional;

/** The direction a command works in: it does a step, or undoes it. */
public enum Phase {
  ACTION,
  COMPENSATION;

  private final String wireName = name().toLowerCase(Locale.ROOT);

  /** The value of header {@link WireHeaders#PHASE}. */
  public String wireName() {
    return wireName;
  }

  /** The phase with this wire name; empty when there is none. */
  public static Optional<Phase> ofWireName(String wireName) {
    for (Phase phase : values()) {
      if (phase.wireName.equals(wireName)) {
        return Optional.of(phase);
      }
    }
    return Optional.empty();
  }
}
