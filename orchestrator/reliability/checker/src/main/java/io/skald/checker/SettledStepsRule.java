package io.skald.checker;

import io.skald.saga.message.Phase;
import java.util.List;

/**
 * What the journal says has become of a step is what has become of it at its participant (law L2),
 * wherever the saga stands: this holds for parked and aborted sagas too.
 */
final class SettledStepsRule implements Rule {

  @Override
  public String name() {
    return "settled steps";
  }

  @Override
  public void check(Evidence evidence, Findings findings) {
    for (SagaHistory saga : evidence.history().sagas()) {
      for (JournaledStep step : evidence.steps(saga)) {
        if (evidence.sees(step.participant())) {
          check(saga, step, evidence.tallies(saga.id(), step.participant(), step.name()), findings);
        }
      }
    }
  }

  private static void check(
      SagaHistory saga, JournaledStep step, List<Tally> tallies, Findings findings) {
    if (step.succeeded() && tallies.isEmpty()) {
      findings.add(
          "L2",
          saga.id(),
          "Expected step '"
              + step.name()
              + "', which is journaled as succeeded, to have had its effect, but found none");
    }
    for (Tally tally : tallies) {
      String wrong = wrong(step, tally);
      if (!wrong.isEmpty()) {
        findings.add(
            "L2", saga.id(), "Expected " + tally.place() + " " + wrong + ", but it was " + tally);
      }
    }
  }

  /** What was expected; empty when all is as it must be. */
  private static String wrong(JournaledStep step, Tally tally) {
    if (step.isSkipped(Phase.ACTION) || step.isSkipped(Phase.COMPENSATION)) {
      return ""; // What was done by hand the participant need not know.
    }
    if (step.rejected()) {
      return tally.done() == 0 ? "" : "to have no effect, for it is journaled as rejected";
    }
    if (step.compensated()) {
      return tally.isUndone() ? "" : "to be undone, for it is journaled as compensated";
    }
    if (step.succeeded() && !step.isIssued(Phase.COMPENSATION)) {
      return tally.stands() ? "" : "to stand once, for it is journaled as succeeded";
    }
    if (step.succeeded()) {
      return tally.done() == 1 ? "" : "to be done once, for it is journaled as succeeded";
    }
    return "";
  }
}
