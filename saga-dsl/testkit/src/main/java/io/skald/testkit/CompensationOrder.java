package io.skald.testkit;

import io.skald.machine.JournalEntry;
import io.skald.machine.JournalEntry.CommandIssued;
import io.skald.machine.JournalEntry.SagaCompensating;
import io.skald.machine.JournalEntry.StepCompensated;
import io.skald.machine.JournalEntry.StepGivenUp;
import io.skald.machine.JournalEntry.StepRejected;
import io.skald.machine.JournalEntry.StepSucceeded;
import io.skald.machine.Transition;
import io.skald.saga.message.Phase;
import io.skald.saga.message.StepName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether compensations ran in the reverse order, read from a journal alone. A step comes after
 * another when it was issued by the transition in which the other succeeded; and, in a saga that
 * never had two actions under way, when it was issued later. Steps of parallel branches have no
 * order. What comes after is undone before.
 */
final class CompensationOrder {

  private final Map<StepName, Set<StepName>> after = new HashMap<>();
  private final Set<StepName> issued = new LinkedHashSet<>();
  private final Set<StepName> open = new HashSet<>();
  private final Set<StepName> undoing = new LinkedHashSet<>();
  private boolean inLine = true;

  private CompensationOrder() {}

  static void check(List<Transition> journal) {
    CompensationOrder order = new CompensationOrder();
    journal.forEach(order::goForward);
    if (order.inLine) {
      order.chain();
    }
    journal.forEach(order::goBack);
  }

  private void goForward(Transition transition) {
    Set<StepName> succeeded = new HashSet<>();
    for (JournalEntry entry : transition.entries()) {
      if (entry instanceof StepSucceeded settled) {
        open.remove(settled.step());
        succeeded.add(settled.step());
      } else if (entry instanceof StepRejected settled) {
        open.remove(settled.step());
      } else if (entry instanceof StepGivenUp settled && settled.phase() == Phase.ACTION) {
        open.remove(settled.step());
      } else if (entry instanceof SagaCompensating) {
        open.clear();
      } else if (entry instanceof CommandIssued command && command.phase() == Phase.ACTION) {
        open.add(command.step());
        inLine &= open.size() == 1;
        if (issued.add(command.step())) {
          succeeded.forEach(first -> comesAfter(command.step(), first));
        }
      }
    }
  }

  private void chain() {
    List<StepName> line = new ArrayList<>(issued);
    for (int i = 1; i < line.size(); i++) {
      comesAfter(line.get(i), line.get(i - 1));
    }
  }

  private void comesAfter(StepName step, StepName first) {
    after.computeIfAbsent(first, s -> new LinkedHashSet<>()).add(step);
  }

  private void goBack(Transition transition) {
    for (JournalEntry entry : transition.entries()) {
      if (entry instanceof StepCompensated compensated) {
        undoing.forEach(earlier -> waits(earlier, compensated.step()));
      } else if (entry instanceof CommandIssued command && command.phase() == Phase.COMPENSATION) {
        undoing.add(command.step());
      }
    }
  }

  private void waits(StepName earlier, StepName later) {
    Broken.unless(
        earlier.equals(later) || !comesAfterAtAll(later, earlier, new HashSet<>()),
        Law.WRONG_ORDER,
        "Expected the compensation of step '"
            + earlier
            + "' to wait for that of step '"
            + later
            + "', which was done after it");
  }

  private boolean comesAfterAtAll(StepName step, StepName first, Set<StepName> seen) {
    return seen.add(first)
        && after.getOrDefault(first, Set.of()).stream()
            .anyMatch(next -> next.equals(step) || comesAfterAtAll(step, next, seen));
  }
}
