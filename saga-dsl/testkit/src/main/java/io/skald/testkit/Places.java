package io.skald.testkit;

import io.skald.machine.JournalEntry;
import io.skald.machine.JournalEntry.CommandIssued;
import io.skald.machine.JournalEntry.WaitBegan;
import io.skald.saga.Part;
import io.skald.saga.SagaDefinition;
import io.skald.saga.StepDefinition;
import io.skald.saga.message.Phase;
import io.skald.saga.message.StepName;
import io.skald.testkit.FailureCase.Strike;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The steps, awaits and pauses to which one run came, in that order, and what may strike there.
 *
 * @param notApplicable faults that can't strike there, and why
 */
record Places(
    List<StepName> steps,
    List<StepName> waits,
    List<Strike> strikes,
    Map<Strike, String> notApplicable) {

  static Places of(SagaRun<?> run, SampleSignals signals) {
    Set<StepName> steps = new LinkedHashSet<>();
    Set<StepName> waits = new LinkedHashSet<>();
    for (JournalEntry entry : run.entries(JournalEntry.class)) {
      if (entry instanceof CommandIssued command && command.phase() == Phase.ACTION) {
        steps.add(command.step());
      } else if (entry instanceof WaitBegan wait) {
        waits.add(wait.block());
      }
    }
    Map<Strike, Optional<String>> all = new LinkedHashMap<>();
    for (Fault fault : Fault.values()) {
      if (fault.isOfStep()) {
        steps.forEach(step -> all.put(new Strike(step, fault), whyNot(fault, step, run)));
      }
      if (fault.isOfWait()) {
        waits.forEach(wait -> all.put(new Strike(wait, fault), whyNot(fault, wait, run, signals)));
      }
    }
    List<Strike> strikes = new ArrayList<>();
    Map<Strike, String> notApplicable = new LinkedHashMap<>();
    List<StepName> places = new ArrayList<>(steps);
    places.addAll(waits);
    for (StepName place : places) {
      all.forEach(
          (strike, whyNot) -> {
            if (strike.step().equals(place)) {
              whyNot.ifPresentOrElse(
                  reason -> notApplicable.put(strike, reason), () -> strikes.add(strike));
            }
          });
    }
    return new Places(List.copyOf(steps), List.copyOf(waits), strikes, notApplicable);
  }

  /** Every place of a definition at which something may go wrong. */
  static List<StepName> allIn(SagaDefinition<?> definition) {
    List<StepName> names = new ArrayList<>();
    collect(definition.story(), names);
    return names;
  }

  private static void collect(Part<?> part, List<StepName> names) {
    if (part instanceof StepDefinition<?>
        || part instanceof Part.Await<?>
        || part instanceof Part.Pause<?>) {
      names.add(part.nameIfAny().orElseThrow());
    }
    part.inside().forEach(inner -> collect(inner, names));
  }

  private static Optional<String> whyNot(Fault fault, StepName name, SagaRun<?> run) {
    StepDefinition<?> step = run.definitionOf(name);
    if (fault.isOfCompensation() && step.compensation().isEmpty()) {
      return Optional.of("has nothing to compensate");
    }
    return switch (fault) {
      case COMPENSATION_FAILS_FOR_GOOD -> unending(step, Phase.COMPENSATION, run.definition());
      case FAILS_FOR_GOOD, UNKNOWN_DONE, UNKNOWN_NOT_DONE ->
          unending(step, Phase.ACTION, run.definition());
      default -> Optional.empty();
    };
  }

  private static Optional<String> unending(
      StepDefinition<?> step, Phase phase, SagaDefinition<?> definition) {
    return Patience.ends(step, phase, definition.deadline())
        ? Optional.empty()
        : Optional.of("is tried without end");
  }

  private static Optional<String> whyNot(
      Fault fault, StepName wait, SagaRun<?> run, SampleSignals signals) {
    if (!fault.isOfSignal()) {
      return Optional.empty();
    }
    if (run.definition().part(wait).orElseThrow() instanceof Part.Pause<?>) {
      return Optional.of("is a pause");
    }
    if (signals.payloadFor(wait).isEmpty()) {
      return Optional.of("waits in vain: give it a signal with .signal(…)");
    }
    return fault == Fault.SIGNAL_EARLY && isReachedAtOnce(wait, run)
        ? Optional.of("is reached at once")
        : Optional.empty();
  }

  private static boolean isReachedAtOnce(StepName wait, SagaRun<?> run) {
    return run.journal().getFirst().entries().stream()
        .anyMatch(entry -> entry instanceof WaitBegan began && began.block().equals(wait));
  }
}
