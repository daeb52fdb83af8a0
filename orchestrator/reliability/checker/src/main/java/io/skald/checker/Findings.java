package io.skald.checker;

import io.skald.saga.message.SagaId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Gathers what one rule finds. Used by one thread. */
final class Findings {

  private final String rule;
  private final Evidence evidence;
  private final List<Violation> violations = new ArrayList<>();
  private final Set<SagaId> told = new HashSet<>();

  Findings(String rule, Evidence evidence) {
    this.rule = rule;
    this.evidence = evidence;
  }

  /** Something is wrong with no saga in particular. */
  void add(String law, String sentence) {
    violations.add(new Violation(law, rule, Optional.empty(), sentence, ""));
  }

  /**
   * Something is wrong with one saga. Its story is told once: there may be thousands of findings.
   */
  void add(String law, SagaId saga, String sentence) {
    String story = told.add(saga) ? Story.of(saga, evidence) : "";
    violations.add(new Violation(law, rule, Optional.of(saga), sentence, story));
  }

  List<Violation> violations() {
    return violations;
  }
}
