package io.skald.testkit;

import java.util.ArrayList;
import java.util.List;

/**
 * What came of the cases of a {@link FailureMatrix}: which laws were broken, and which fault struck
 * where. Safe to use from several threads.
 */
public final class MatrixReport {

  private final MatrixPlan plan;
  private final List<CaseResult> results = new ArrayList<>();

  MatrixReport(MatrixPlan plan) {
    this.plan = plan;
  }

  /** All cases: first the one without faults, then every single fault, then pairs. */
  public List<FailureCase> cases() {
    return plan.cases();
  }

  /** Those that broke a law, in the order in which they were run. */
  public synchronized List<CaseResult> broken() {
    return results.stream().filter(result -> result.broken().isPresent()).toList();
  }

  /** Whether every case was run, or skipped because a part of it had broken a law. */
  public synchronized boolean isComplete() {
    return results.size() == plan.cases().size();
  }

  /**
   * How often each fault struck each step, alone and in pairs, as Markdown: {@code ✓ 42} when all
   * laws were kept, {@code ✗ 3/42} when three of the runs broke one, {@code –} where it can't
   * strike. The lines below the table say why, and what was not looked at.
   */
  public synchronized String coverage() {
    return new Coverage(plan, List.copyOf(results)).toString();
  }

  /**
   * Throws the first case that broke a law, with the table.
   *
   * @throws LawBroken with the case, the law and the saga's story
   */
  public void expectLawful() {
    broken().stream()
        .findFirst()
        .ifPresent(
            first -> {
              LawBroken law = first.broken().orElseThrow();
              law.addSuppressed(new AssertionError(coverage()));
              throw law;
            });
  }

  MatrixPlan plan() {
    return plan;
  }

  synchronized void add(CaseResult result) {
    results.add(result);
  }

  synchronized boolean isBrokenInPart(FailureCase failureCase) {
    return results.stream()
        .anyMatch(
            result -> result.broken().isPresent() && result.failureCase().isPartOf(failureCase));
  }
}
