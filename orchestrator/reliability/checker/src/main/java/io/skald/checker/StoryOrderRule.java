package io.skald.checker;

import io.skald.machine.JournalEntry;
import io.skald.saga.message.Phase;
import io.skald.saga.message.StepName;
import java.util.Optional;

/**
 * Steps and blocks begin when their turn in the story has come and not before (law L3): what
 * follows a parallel block when all of its branches are done, no more items of a forEach than may
 * be at once, of two ways the one that was chosen, what follows an await after its signal or its
 * limit. When a saga has turned back nothing begins any more.
 */
final class StoryOrderRule implements Rule {

  @Override
  public String name() {
    return "story order";
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
      if (course.hasTurnedBack()) {
        goesOn(entry)
            .ifPresent(
                name ->
                    findings.add(
                        "L3",
                        saga.id(),
                        "Expected nothing more of '" + name + "', for the saga has turned back"));
      }
      begins(entry, course)
          .flatMap(name -> order.tooEarly(name).map(expected -> "'" + name + "' " + expected))
          .ifPresent(expected -> findings.add("L3", saga.id(), "Expected " + expected));
      boolean isDone =
          entry instanceof JournalEntry.SagaCompleted || entry instanceof JournalEntry.SagaHeld;
      if (isDone && !order.isDone()) {
        findings.add("L3", saga.id(), "Expected a saga to have done all of its story by its end");
      }
      course.follow(entry);
    }
  }

  /** What the story comes to with this entry; empty when it comes to nothing new. */
  private static Optional<StepName> begins(JournalEntry entry, Course course) {
    return goesOn(entry)
        .filter(
            name ->
                !(entry instanceof JournalEntry.CommandIssued)
                    || !course.isIssued(name, Phase.ACTION));
  }

  /** Where the story is tried or goes on with this entry; empty when it is about something else. */
  private static Optional<StepName> goesOn(JournalEntry entry) {
    return switch (entry) {
      case JournalEntry.CommandIssued e ->
          e.phase() == Phase.ACTION ? Optional.of(e.step()) : Optional.empty();
      case JournalEntry.WayChosen e -> Optional.of(e.block());
      case JournalEntry.ItemsTaken e -> Optional.of(e.block());
      case JournalEntry.WaitBegan e -> Optional.of(e.block());
      case JournalEntry.SignalTaken e -> Optional.of(e.block());
      default -> Optional.empty();
    };
  }
}
