package io.skald.testkit;

import io.skald.machine.JournalEntry;
import io.skald.machine.JournalEntry.CommandIssued;
import io.skald.machine.JournalEntry.StepCompensated;
import io.skald.machine.Transition;
import io.skald.saga.message.Phase;
import io.skald.saga.message.StepName;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Whether compensations ran in the reverse order of the story: what comes after is undone before.
 * Branches of a parallel block have no order between them, and no more have items.
 */
final class CompensationOrder {

  private CompensationOrder() {}

  static void check(StoryOrder story, List<Transition> journal) {
    Set<StepName> undoing = new LinkedHashSet<>();
    for (Transition transition : journal) {
      for (JournalEntry entry : transition.entries()) {
        if (entry instanceof StepCompensated compensated) {
          undoing.forEach(earlier -> waits(story, earlier, compensated.step()));
        } else if (entry instanceof CommandIssued command
            && command.phase() == Phase.COMPENSATION) {
          undoing.add(command.step());
        }
      }
    }
  }

  private static void waits(StoryOrder story, StepName earlier, StepName later) {
    Broken.unless(
        !story.comesBefore(earlier, later),
        Law.WRONG_ORDER,
        "Expected the compensation of step '"
            + earlier
            + "' to wait for that of step '"
            + later
            + "', which comes after it");
  }
}
