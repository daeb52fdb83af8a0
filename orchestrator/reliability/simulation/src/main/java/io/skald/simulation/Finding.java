package io.skald.simulation;

import io.skald.checker.Violation;
import java.util.List;

/**
 * A run that broke a law, as small as it could be made.
 *
 * @param violation the one that was looked for
 * @param command what makes it again
 */
record Finding(Outcome outcome, Violation violation, String command) {

  /** For people: what was broken, what happened, and how to see it again. */
  String text() {
    StringBuilder text = new StringBuilder();
    text.append("Seed ").append(outcome.seed()).append(" breaks ");
    text.append(violation.law()).append(" (").append(violation.rule()).append("): ");
    text.append(violation.sentence()).append('\n');
    tale().forEach(line -> text.append("  ").append(line).append('\n'));
    return text.append("See it again: ").append(command).toString();
  }

  /** Of the violation's saga, or else of the first saga that any violation names. */
  private List<String> tale() {
    return violation
        .saga()
        .map(outcome.tales()::get)
        .or(() -> outcome.tales().values().stream().findFirst())
        .orElse(List.of());
  }
}
