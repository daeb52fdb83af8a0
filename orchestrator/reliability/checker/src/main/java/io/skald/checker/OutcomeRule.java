package io.skald.checker;

import io.skald.machine.SagaStatus;
import io.skald.saga.StepKind;
import io.skald.saga.message.SagaId;
import java.util.List;
import java.util.Optional;

/**
 * In a completed saga each step of the definition stands exactly once; in a compensated one nothing
 * is left but of steps that have nothing to compensate (law L3).
 */
final class OutcomeRule implements Rule {

  @Override
  public String name() {
    return "outcome equals effects";
  }

  @Override
  public void check(Evidence evidence, Findings findings) {
    for (SagaHistory saga : evidence.history().sagas()) {
      Optional<DefinitionShape> definition = evidence.definition(saga);
      if (definition.isEmpty()) {
        findings.add(
            "L10",
            saga.id(),
            "Expected the saga's definition to be known, but found "
                + saga.definition().orElse("none")
                + " v"
                + saga.version().orElse(0));
      } else if (saga.status().equals(Optional.of(SagaStatus.COMPLETED))) {
        definition.get().steps().forEach(step -> completed(saga, step, evidence, findings));
      } else if (saga.status().equals(Optional.of(SagaStatus.COMPENSATED))) {
        definition.get().steps().forEach(step -> compensated(saga, step, evidence, findings));
      }
    }
  }

  private static void completed(
      SagaHistory saga, StepShape step, Evidence evidence, Findings findings) {
    SagaId id = saga.id();
    if (evidence.steps(saga).stream()
        .noneMatch(journaled -> journaled.name().equals(step.name()) && journaled.succeeded())) {
      findings.add(
          "L3",
          id,
          "Expected step '" + step.name() + "' of a completed saga to be journaled as succeeded");
    }
    if (!evidence.sees(step.participant())) {
      return;
    }
    List<Tally> tallies = evidence.tallies(id, step.participant(), step.name());
    if (tallies.isEmpty()) {
      findings.add(
          "L3",
          id,
          "Expected step '"
              + step.name()
              + "' of a completed saga to have had its effect at "
              + step.participant()
              + ", but found none");
    }
    for (Tally tally : tallies) {
      if (!tally.stands()) {
        findings.add(
            "L3",
            id,
            "Expected "
                + tally.place()
                + " to stand once in a completed saga, but it was "
                + tally);
      }
    }
  }

  private static void compensated(
      SagaHistory saga, StepShape step, Evidence evidence, Findings findings) {
    if (step.hasCompensation()
        && evidence.steps(saga).stream()
            .anyMatch(journaled -> journaled.name().equals(step.name()) && journaled.mayStand())) {
      findings.add(
          "L3",
          saga.id(),
          "Expected step '"
              + step.name()
              + "' of a compensated saga to be journaled as compensated, for it may have happened");
    }
    if (step.kind() == StepKind.COMPENSATABLE && !step.hasCompensation()) {
      return;
    }
    for (Tally tally : evidence.tallies(saga.id(), step.participant(), step.name())) {
      if (!tally.isUndone()) {
        findings.add(
            "L3",
            saga.id(),
            "Expected nothing of "
                + tally.place()
                + " to be left in a compensated saga, but it was "
                + tally);
      }
    }
  }
}
