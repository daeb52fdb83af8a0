package io.skald.checker;

import io.skald.saga.message.Phase;

/** A step that was refused, or never issued, is not compensated (law L3). */
final class NothingToUndoRule implements Rule {

  @Override
  public String name() {
    return "nothing to undo";
  }

  @Override
  public void check(Evidence evidence, Findings findings) {
    for (SagaHistory saga : evidence.history().sagas()) {
      for (JournaledStep step : evidence.steps(saga)) {
        if (step.isIssued(Phase.COMPENSATION) && step.rejected()) {
          findings.add(
              "L3",
              saga.id(),
              "Expected step '" + step.name() + "' not to be compensated, for it was rejected");
        }
        if (step.isIssued(Phase.COMPENSATION) && !step.isIssued(Phase.ACTION)) {
          findings.add(
              "L3",
              saga.id(),
              "Expected step '" + step.name() + "' not to be compensated, for it was never issued");
        }
      }
    }
  }
}
