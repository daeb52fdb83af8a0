package io.skald.checker;

import io.skald.machine.JournalEntry;
import io.skald.machine.JournalEntry.CommandIssued;
import io.skald.machine.JournalEntry.StepCompensated;
import io.skald.machine.JournalEntry.StepRejected;
import io.skald.machine.JournalEntry.StepSkipped;
import io.skald.machine.JournalEntry.StepSucceeded;
import io.skald.saga.message.Participant;
import io.skald.saga.message.Phase;
import io.skald.saga.message.StepName;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the entries say of one step, read without the machine: a machine that misreads its own
 * journal is not to be believed.
 */
final class JournaledStep {

  private final StepName name;
  private final Participant participant;
  private final Set<Phase> issued = EnumSet.noneOf(Phase.class);
  private boolean succeeded;
  private boolean rejected;
  private boolean compensated;
  private final Set<Phase> skipped = EnumSet.noneOf(Phase.class);

  private JournaledStep(StepName name, Participant participant) {
    this.name = name;
    this.participant = participant;
  }

  /** The steps of a saga, in the order in which they were first issued. */
  static List<JournaledStep> of(SagaHistory saga) {
    Map<StepName, JournaledStep> steps = new LinkedHashMap<>();
    for (JournalEntry entry : saga.entries()) {
      if (entry instanceof CommandIssued e) {
        steps
            .computeIfAbsent(e.step(), name -> new JournaledStep(name, e.participant()))
            .issued
            .add(e.phase());
      } else if (entry instanceof StepSucceeded e && steps.containsKey(e.step())) {
        steps.get(e.step()).succeeded = true;
      } else if (entry instanceof StepRejected e && steps.containsKey(e.step())) {
        steps.get(e.step()).rejected = true;
      } else if (entry instanceof StepCompensated e && steps.containsKey(e.step())) {
        steps.get(e.step()).compensated = true;
      } else if (entry instanceof StepSkipped e && steps.containsKey(e.step())) {
        steps.get(e.step()).skipped.add(e.phase());
      }
    }
    return List.copyOf(steps.values());
  }

  StepName name() {
    return name;
  }

  Participant participant() {
    return participant;
  }

  boolean isIssued(Phase phase) {
    return issued.contains(phase);
  }

  boolean succeeded() {
    return succeeded;
  }

  boolean rejected() {
    return rejected;
  }

  boolean compensated() {
    return compensated;
  }

  /** Whether an operator took this phase for done. */
  boolean isSkipped(Phase phase) {
    return skipped.contains(phase);
  }

  /** Whether its effect may stand as far as the journal knows. */
  boolean mayStand() {
    return isIssued(Phase.ACTION) && !rejected && !compensated && !isSkipped(Phase.COMPENSATION);
  }
}
