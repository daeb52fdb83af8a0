package io.skald.checker;

import io.skald.machine.JournalEntry;
import io.skald.machine.JournalEntry.CommandIssued;
import io.skald.machine.JournalEntry.SagaCompensating;
import io.skald.machine.JournalEntry.StepCompensated;
import io.skald.machine.JournalEntry.StepSucceeded;
import io.skald.saga.message.Phase;
import io.skald.saga.message.StepName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Steps are compensated in reverse order of their completion, each before the next is begun, and
 * only after the saga has turned back (law L3). A step of unknown outcome counts as completed when
 * the saga turned back.
 */
final class CompensationOrderRule implements Rule {

  @Override
  public String name() {
    return "reverse order";
  }

  @Override
  public void check(Evidence evidence, Findings findings) {
    for (SagaHistory saga : evidence.history().sagas()) {
      check(saga, findings);
    }
  }

  private static void check(SagaHistory saga, Findings findings) {
    Map<StepName, Integer> completed = new HashMap<>();
    Set<StepName> begun = new HashSet<>();
    Set<StepName> undone = new HashSet<>();
    int latest = Integer.MAX_VALUE;
    boolean turnedBack = false;
    int at = 0;
    for (JournalEntry entry : saga.entries()) {
      at++;
      if (entry instanceof StepSucceeded e) {
        completed.put(e.step(), at);
      } else if (entry instanceof SagaCompensating) {
        turnedBack = true;
      } else if (entry instanceof StepCompensated e) {
        undone.add(e.step());
      } else if (entry instanceof CommandIssued e
          && e.phase() == Phase.COMPENSATION
          && begun.add(e.step())) {
        int when = completed.getOrDefault(e.step(), Integer.MAX_VALUE - 1);
        String what = "Expected the compensation of step '" + e.step() + "' ";
        if (!turnedBack) {
          findings.add("L3", saga.id(), what + "to follow the saga's turning back");
        }
        if (when >= latest) {
          findings.add(
              "L3", saga.id(), what + "before that of the steps which were completed before it");
        }
        begun.stream()
            .filter(step -> !step.equals(e.step()) && !undone.contains(step))
            .forEach(
                step ->
                    findings.add(
                        "L3", saga.id(), what + "to wait until step '" + step + "' is undone"));
        latest = Math.min(latest, when);
      }
    }
  }
}
