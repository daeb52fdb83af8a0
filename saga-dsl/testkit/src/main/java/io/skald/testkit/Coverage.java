package io.skald.testkit;

import io.skald.saga.message.StepName;
import io.skald.testkit.FailureCase.Strike;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tables of a matrix, step by fault and wait by fault, as Markdown. */
final class Coverage {

  private final MatrixPlan plan;
  private final List<CaseResult> results;
  private final Map<Strike, Integer> struck = new HashMap<>();
  private final Map<Strike, Integer> broken = new HashMap<>();

  Coverage(MatrixPlan plan, List<CaseResult> results) {
    this.plan = plan;
    this.results = results;
    for (CaseResult result : results) {
      for (Strike strike : result.struck()) {
        struck.merge(strike, 1, Integer::sum);
        if (result.broken().isPresent()) {
          broken.merge(strike, 1, Integer::sum);
        }
      }
    }
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    table("step", plan.steps(), Fault::isOfStep, text);
    if (!plan.waits().isEmpty()) {
      text.append('\n');
      table("wait", plan.waits(), Fault::isOfWait, text);
    }
    return text.append('\n').append(legend()).toString();
  }

  private void table(
      String what, List<StepName> rows, Predicate<Fault> columns, StringBuilder text) {
    List<Fault> faults = Stream.of(Fault.values()).filter(columns).toList();
    text.append("| ").append(what).append(" |");
    faults.forEach(fault -> text.append(' ').append(fault.title()).append(" |"));
    text.append("\n| --- |").append(" --- |".repeat(faults.size())).append('\n');
    for (StepName row : rows) {
      text.append("| ").append(row).append(" |");
      faults.forEach(fault -> text.append(' ').append(cell(new Strike(row, fault))).append(" |"));
      text.append('\n');
    }
  }

  private String cell(Strike strike) {
    int times = struck.getOrDefault(strike, 0);
    int bad = broken.getOrDefault(strike, 0);
    if (plan.notApplicable().containsKey(strike)) {
      return "–";
    }
    if (times == 0) {
      return "0";
    }
    return bad > 0 ? "✗ " + bad + "/" + times : "✓ " + times;
  }

  private String legend() {
    StringBuilder text = new StringBuilder();
    whyNot()
        .forEach(
            (reason, steps) ->
                text.append("– : ")
                    .append(String.join(", ", steps))
                    .append(' ')
                    .append(reason)
                    .append('\n'));
    if (!plan.notReached().isEmpty()) {
      text.append("Not reached with this data: ")
          .append(plan.notReached().stream().map(StepName::toString).collect(joined()))
          .append('\n');
    }
    Set<String> notCompared = new TreeSet<>();
    results.forEach(result -> notCompared.addAll(result.notCompared()));
    if (!notCompared.isEmpty()) {
      text.append("Not compared with what they undo: ")
          .append(notCompared.stream().collect(joined()))
          .append("; say how with .undoes(…)\n");
    }
    return text.append(counts()).append('\n').toString();
  }

  private Map<String, Set<String>> whyNot() {
    Map<String, Set<String>> byReason = new LinkedHashMap<>();
    plan.notApplicable()
        .forEach(
            (strike, reason) ->
                byReason
                    .computeIfAbsent(reason, r -> new TreeSet<>())
                    .add("'" + strike.step() + "'"));
    return byReason;
  }

  private String counts() {
    long skipped = results.stream().filter(CaseResult::skipped).count();
    long bad = results.stream().filter(result -> result.broken().isPresent()).count();
    return "%d of %d cases run: 1 without a fault, %d with one, %d of %d pairs; %d broke a law, %d skipped for a part of them did."
        .formatted(
            results.size() - skipped,
            plan.cases().size(),
            withStrikes(1),
            withStrikes(2),
            plan.allPairs(),
            bad,
            skipped);
  }

  private long withStrikes(int number) {
    return plan.cases().stream().filter(c -> c.strikes().size() == number).count();
  }

  private static Collector<CharSequence, ?, String> joined() {
    return Collectors.joining(", ");
  }
}
