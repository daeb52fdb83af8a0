package io.skald.checker;

import io.skald.machine.JournalEntry;
import io.skald.machine.JournalEntry.CommandIssued;
import io.skald.saga.message.Phase;

/**
 * Steps are compensated in reverse order of the story, each before the next is begun, branches and
 * items side by side, and only after the saga has turned back and all that was under way then has
 * settled (law L3).
 */
final class CompensationOrderRule implements Rule {

  @Override
  public String name() {
    return "reverse order";
  }

  @Override
  public void check(Evidence evidence, Findings findings) {
    for (SagaHistory saga : evidence.history().sagas()) {
      evidence.definition(saga).ifPresent(definition -> check(saga, definition, findings));
    }
  }

  private static void check(SagaHistory saga, DefinitionShape definition, Findings findings) {
    Course course = new Course();
    StoryOrder order = new StoryOrder(definition, course);
    for (JournalEntry entry : saga.entries()) {
      if (entry instanceof CommandIssued e
          && e.phase() == Phase.COMPENSATION
          && !course.isIssued(e.step(), Phase.COMPENSATION)) {
        String what = "Expected the compensation of step '" + e.step() + "' ";
        if (!course.hasTurnedBack()) {
          findings.add("L3", saga.id(), what + "to follow the saga's turning back");
        } else {
          course
              .unsettled()
              .ifPresent(
                  step ->
                      findings.add(
                          "L3", saga.id(), what + "to wait until step '" + step + "' settles"));
        }
        order
            .undoneTooEarly(e.step())
            .ifPresent(expected -> findings.add("L3", saga.id(), what + expected));
      }
      course.follow(entry);
    }
  }
}
