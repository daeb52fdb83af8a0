package io.skald.saga.message;

import java.util.Locale;
import java.util.Optional;

/**
 * What a participant says of a command. A fourth outcome, unknown, is never said by anyone: it is
 * what the orchestrator concludes when no answer comes.
 */
public enum Outcome {
  /** Done; the reply is recorded and every repeat gets it again. */
  SUCCEEDED,
  /** Refused for a business reason; recorded, final and never retried. */
  REJECTED,
  /** Went wrong for a reason that may pass; nothing was recorded, and a retry runs again. */
  FAILED;

  private final String wireName = name().toLowerCase(Locale.ROOT);

  /** The value of header {@link WireHeaders#OUTCOME}. */
  public String wireName() {
    return wireName;
  }

  /** The outcome with this wire name; empty when there is none. */
  public static Optional<Outcome> ofWireName(String wireName) {
    for (Outcome outcome : values()) {
      if (outcome.wireName.equals(wireName)) {
        return Optional.of(outcome);
      }
    }
    return Optional.empty();
  }
}
