package io.skald.checker;

import java.util.ArrayList;
import java.util.List;

/**
 * Tells whether the laws have been kept. Pure and stateless: the same history gives the same
 * verdict, on any thread.
 */
public final class Checker {

  private static final List<Rule> RULES =
      List.of(
          new LegalTransitionsRule(),
          new StoredStateRule(),
          new ShardSequenceRule(),
          new StartsRule(),
          new ExclusiveRule(),
          new OutcomeRule(),
          new SettledStepsRule(),
          new OneEffectRule(),
          new OrphanRule(),
          new StoryOrderRule(),
          new CompensationOrderRule(),
          new FamilyRule(),
          new WaitRule(),
          new NothingToUndoRule(),
          new ActionFirstRule(),
          new FenceRule(),
          new IdempotencyKeyRule(),
          new DurableFirstRule(),
          new RestRule(),
          new WakeUpRule(),
          new HopRule(),
          new ConservationRule(),
          new GoodputRule());

  private Checker() {}

  /** All that breaks a law, in the order of the rules; empty when the laws have been kept. */
  public static List<Violation> check(History history) {
    Evidence evidence = new Evidence(history);
    List<Violation> violations = new ArrayList<>();
    for (Rule rule : RULES) {
      Findings findings = new Findings(rule.name(), evidence);
      rule.check(evidence, findings);
      violations.addAll(findings.violations());
    }
    return violations;
  }
}
