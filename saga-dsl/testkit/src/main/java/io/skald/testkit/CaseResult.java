package io.skald.testkit;

import io.skald.testkit.FailureCase.Strike;
import java.util.Optional;
import java.util.Set;

/**
 * What came of one case.
 *
 * @param struck the faults that really happened; a fault behind one that ended the saga does not
 * @param broken the law that was broken; empty when all were kept
 * @param notCompared compensations of which nothing could be compared with what they undo
 * @param story all that happened, one line each
 * @param skipped whether it was not run, for a part of it had broken a law alone
 */
public record CaseResult(
    FailureCase failureCase,
    Set<Strike> struck,
    Optional<LawBroken> broken,
    Set<String> notCompared,
    String story,
    boolean skipped) {

  public CaseResult {
    struck = Set.copyOf(struck);
    notCompared = Set.copyOf(notCompared);
  }

  static CaseResult skipped(FailureCase failureCase) {
    return new CaseResult(failureCase, Set.of(), Optional.empty(), Set.of(), "", true);
  }

  /** Does nothing when all laws were kept. */
  public void expectLawful() {
    if (broken.isPresent()) {
      throw broken.get();
    }
  }
}
