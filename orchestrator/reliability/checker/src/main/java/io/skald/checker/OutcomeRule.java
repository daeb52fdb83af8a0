package io.skald.checker;

import io.skald.machine.SagaStatus;
import io.skald.saga.StepKind;
import io.skald.saga.message.Phase;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.StepName;
import java.util.List;
import java.util.Optional;

/**
 * In a completed saga each step on the ways that were taken stands exactly once; in a compensated
 * one nothing is left but of steps that have nothing to compensate (law L3). What an operator has
 * taken for done is the operator's business.
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
        completed(saga, definition.get(), evidence, findings);
      } else if (saga.status().equals(Optional.of(SagaStatus.COMPENSATED))) {
        compensated(saga, definition.get(), evidence, findings);
      }
    }
  }

  private static void completed(
      SagaHistory saga, DefinitionShape definition, Evidence evidence, Findings findings) {
    for (StepName name : new StoryOrder(definition, Course.of(saga)).stepsTaken()) {
      StepShape step = definition.step(name).orElseThrow();
      completed(saga, step, name, evidence, findings);
    }
  }

  private static void completed(
      SagaHistory saga, StepShape step, StepName name, Evidence evidence, Findings findings) {
    SagaId id = saga.id();
    Optional<JournaledStep> journaled = journaled(saga, name, evidence);
    if (journaled.filter(j -> j.isSkipped(Phase.ACTION)).isPresent()) {
      return;
    }
    if (journaled.filter(JournaledStep::succeeded).isEmpty()) {
      findings.add(
          "L3",
          id,
          "Expected step '" + name + "' of a completed saga to be journaled as succeeded");
    }
    if (!evidence.sees(step.participant())) {
      return;
    }
    List<Tally> tallies = evidence.tallies(id, step.participant(), name);
    if (tallies.isEmpty()) {
      findings.add(
          "L3",
          id,
          "Expected step '"
              + name
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
      SagaHistory saga, DefinitionShape definition, Evidence evidence, Findings findings) {
    for (JournaledStep journaled : evidence.steps(saga)) {
      definition
          .step(journaled.name())
          .ifPresent(step -> compensated(saga, step, journaled, evidence, findings));
    }
  }

  private static void compensated(
      SagaHistory saga,
      StepShape step,
      JournaledStep journaled,
      Evidence evidence,
      Findings findings) {
    if (journaled.isSkipped(Phase.COMPENSATION)) {
      return;
    }
    if (step.hasCompensation() && journaled.mayStand()) {
      findings.add(
          "L3",
          saga.id(),
          "Expected step '"
              + journaled.name()
              + "' of a compensated saga to be journaled as compensated, for it may have happened");
    }
    if (step.kind() == StepKind.COMPENSATABLE && !step.hasCompensation()) {
      return;
    }
    for (Tally tally : evidence.tallies(saga.id(), step.participant(), journaled.name())) {
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

  private static Optional<JournaledStep> journaled(
      SagaHistory saga, StepName name, Evidence evidence) {
    return evidence.steps(saga).stream().filter(step -> step.name().equals(name)).findFirst();
  }
}
