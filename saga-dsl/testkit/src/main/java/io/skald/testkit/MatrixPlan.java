package io.skald.testkit;

import io.skald.saga.SagaDefinition;
import io.skald.saga.StepKind;
import io.skald.saga.message.StepName;
import io.skald.testkit.FailureCase.Strike;
import io.skald.testkit.Trouble.TurnBack;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which cases there are.
 *
 * @param steps those that a run without faults issued, in that order, and then those that it takes
 *     a silent signal to come to
 * @param waits the awaits and pauses, likewise
 * @param notReached steps and awaits of the definition to which none of these runs came
 * @param notApplicable faults that can't strike, and why
 * @param allPairs how many pairs there are, in {@code cases} or not
 */
record MatrixPlan(
    List<StepName> steps,
    List<StepName> waits,
    List<StepName> notReached,
    Map<Strike, String> notApplicable,
    List<FailureCase> cases,
    long allPairs,
    Optional<StepName> lastRefusable) {

  /**
   * @param happy where a run without faults came to
   * @param detours where the runs came to in which one signal did not come, by its await
   */
  static MatrixPlan of(
      SagaDefinition<?> definition, Places happy, Map<StepName, Places> detours, int mostPairs) {
    Set<StepName> steps = new LinkedHashSet<>(happy.steps());
    Set<StepName> waits = new LinkedHashSet<>(happy.waits());
    Map<Strike, String> notApplicable = new LinkedHashMap<>(happy.notApplicable());
    List<FailureCase> cases = new ArrayList<>(List.of(FailureCase.of()));
    happy.strikes().forEach(strike -> cases.add(FailureCase.of(strike)));
    List<FailureCase> pairs = new ArrayList<>();
    detours.forEach(
        (await, detour) -> {
          Set<Strike> more = new LinkedHashSet<>(detour.strikes());
          more.removeIf(strike -> steps.contains(strike.step()) || waits.contains(strike.step()));
          Strike silent = new Strike(await, Fault.SIGNAL_SILENT);
          more.forEach(strike -> pairs.add(FailureCase.of(silent, strike)));
          steps.addAll(detour.steps());
          waits.addAll(detour.waits());
          detour.notApplicable().forEach(notApplicable::putIfAbsent);
        });
    long allPairs = allPairsOf(happy.strikes()) + pairs.size();
    pairs.addAll(pairsOf(happy.strikes(), mostPairs));
    cases.addAll(mostPairs == 0 ? List.of() : pairs);
    return new MatrixPlan(
        List.copyOf(steps),
        List.copyOf(waits),
        notReached(definition, steps, waits),
        notApplicable,
        List.copyOf(cases),
        allPairs,
        lastRefusable(definition, happy.steps()));
  }

  /** A fault in a compensation needs a saga that turns back, as late as it can. */
  Optional<TurnBack> turnBackFor(FailureCase failureCase) {
    Set<StepName> undone = new LinkedHashSet<>();
    for (Strike strike : failureCase.strikes()) {
      if (strike.fault().isOfCompensation()) {
        undone.add(strike.step());
      }
    }
    return undone.isEmpty()
        ? Optional.empty()
        : lastRefusable.map(last -> new TurnBack(last, !undone.contains(last)));
  }

  private static Optional<StepName> lastRefusable(
      SagaDefinition<?> definition, List<StepName> steps) {
    return steps.reversed().stream()
        .filter(step -> definition.step(step).orElseThrow().kind() != StepKind.RETRIABLE)
        .findFirst();
  }

  private static List<FailureCase> pairsOf(List<Strike> singles, int most) {
    long all = allPairsOf(singles);
    long kept = Math.min(all, most);
    List<FailureCase> pairs = new ArrayList<>();
    long number = 0;
    for (int i = 0; i < singles.size(); i++) {
      for (int j = i + 1; j < singles.size(); j++) {
        number++;
        if (number * kept / all > pairs.size()) {
          pairs.add(FailureCase.of(singles.get(i), singles.get(j)));
        }
      }
    }
    return pairs;
  }

  private static long allPairsOf(List<Strike> singles) {
    return (long) singles.size() * (singles.size() - 1) / 2;
  }

  private static List<StepName> notReached(
      SagaDefinition<?> definition, Set<StepName> steps, Set<StepName> waits) {
    Set<StepName> reached = new HashSet<>();
    steps.forEach(step -> reached.add(step.inDefinition()));
    waits.forEach(wait -> reached.add(wait.inDefinition()));
    List<StepName> others = new ArrayList<>(Places.allIn(definition));
    others.removeAll(reached);
    return others;
  }
}
