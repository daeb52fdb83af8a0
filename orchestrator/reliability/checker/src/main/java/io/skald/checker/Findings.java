package io.skald.checker;

import io.skald.saga.message.SagaId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Gathers what one rule finds. Used by one thread. */
final class Findings {

  private final String rule;
  private final Evidence evidence;
  private final List<Violation> violations = new ArrayList<>();

  Findings(String rule, Evidence evidence) {
    this.rule = rule;
    this.evidence = evidence;
  }

  /** Something is wrong with no saga in particular. */
  void add(String law, String sentence) {
    violations.add(new Violation(law, rule, Optional.empty(), sentence, ""));
  }

  /** Something is wrong with one saga. */
  void add(String law, SagaId saga, String sentence) {
    violations.add(new Violation(law, rule, Optional.of(saga), sentence, Story.of(saga, evidence)));
  }

  List<Violation> violations() {
    return violations;
  }
}
