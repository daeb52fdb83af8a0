package io.skald.simulation;

import io.skald.checker.Violation;

/**
 * A run that broke a law, as small as it could be made.
 *
 * @param command what makes it again
 */
record Finding(Outcome outcome, String command) {

  Violation violation() {
    return outcome.violations().getFirst();
  }

  /** For people: what was broken, what happened, and how to see it again. */
  String text() {
    StringBuilder text = new StringBuilder();
    text.append("Seed ").append(outcome.seed()).append(" breaks ");
    text.append(violation().law()).append(" (").append(violation().rule()).append("): ");
    text.append(violation().sentence()).append('\n');
    outcome.tale().forEach(line -> text.append("  ").append(line).append('\n'));
    return text.append("See it again: ").append(command).toString();
  }
}
