package io.skald.testkit;

import io.skald.machine.JournalEntry.CommandIssued;
import io.skald.saga.SagaDefinition;
import io.skald.saga.StepDefinition;
import io.skald.saga.StepKind;
import io.skald.saga.message.Phase;
import io.skald.saga.message.StepName;
import io.skald.testkit.FailureCase.Strike;
import io.skald.testkit.Trouble.TurnBack;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which cases there are.
 *
 * @param steps those that a run without faults issued, in that order
 * @param notReached steps of the definition that it did not issue
 * @param notApplicable faults that can't strike, and why
 * @param allPairs how many pairs there are, in {@code cases} or not
 */
record MatrixPlan(
    List<StepName> steps,
    List<StepName> notReached,
    Map<Strike, String> notApplicable,
    List<FailureCase> cases,
    long allPairs,
    Optional<StepName> lastRefusable) {

  /**
   * @param happy a run without faults
   */
  static MatrixPlan of(SagaRun<?> happy, int mostPairs) {
    Map<StepName, StepDefinition<?>> steps = new LinkedHashMap<>();
    for (CommandIssued command : happy.commands()) {
      if (command.phase() == Phase.ACTION) {
        steps.putIfAbsent(command.step(), happy.definitionOf(command.step()));
      }
    }
    Map<Strike, String> notApplicable = new LinkedHashMap<>();
    List<Strike> singles = new ArrayList<>();
    steps.forEach(
        (name, step) -> {
          for (Fault fault : Fault.values()) {
            Strike strike = new Strike(name, fault);
            Optional<String> why = whyNot(fault, step, happy.definition());
            why.ifPresentOrElse(
                reason -> notApplicable.put(strike, reason), () -> singles.add(strike));
          }
        });
    List<FailureCase> cases = new ArrayList<>(List.of(FailureCase.of()));
    singles.forEach(strike -> cases.add(FailureCase.of(strike)));
    cases.addAll(pairsOf(singles, mostPairs));
    List<StepName> refusable =
        steps.entrySet().stream()
            .filter(e -> e.getValue().kind() != StepKind.RETRIABLE)
            .map(Map.Entry::getKey)
            .toList();
    return new MatrixPlan(
        List.copyOf(steps.keySet()),
        notReached(happy.definition(), steps),
        notApplicable,
        List.copyOf(cases),
        allPairsOf(singles),
        refusable.isEmpty() ? Optional.empty() : Optional.of(refusable.getLast()));
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

  private static Optional<String> whyNot(
      Fault fault, StepDefinition<?> step, SagaDefinition<?> definition) {
    if (fault.isOfCompensation() && step.compensation().isEmpty()) {
      return Optional.of("has nothing to compensate");
    }
    return switch (fault) {
      case COMPENSATION_FAILS_FOR_GOOD -> unending(step, Phase.COMPENSATION, definition);
      case FAILS_FOR_GOOD, UNKNOWN_DONE, UNKNOWN_NOT_DONE ->
          unending(step, Phase.ACTION, definition);
      case REFUSES,
          FAILS,
          TIMES_OUT,
          DUPLICATE,
          LATE,
          COMPENSATION_FAILS,
          CRASH_BEFORE,
          CRASH_AFTER ->
          Optional.empty();
    };
  }

  private static Optional<String> unending(
      StepDefinition<?> step, Phase phase, SagaDefinition<?> definition) {
    return Patience.ends(step, phase, definition.deadline())
        ? Optional.empty()
        : Optional.of("is tried without end");
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
      SagaDefinition<?> definition, Map<StepName, StepDefinition<?>> reached) {
    Set<String> names = new LinkedHashSet<>();
    reached.keySet().forEach(step -> names.add(step.value()));
    List<StepName> others = new ArrayList<>();
    for (StepDefinition<?> step : definition.steps()) {
      if (!names.contains(step.name().value())) {
        others.add(step.name());
      }
    }
    return others;
  }
}
