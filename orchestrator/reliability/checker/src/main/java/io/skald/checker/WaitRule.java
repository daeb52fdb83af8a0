package io.skald.checker;

import io.skald.machine.JournalEntry;
import io.skald.machine.JournalEntry.InputIgnored;
import io.skald.machine.JournalEntry.SignalKept;
import io.skald.machine.JournalEntry.SignalTaken;
import io.skald.machine.JournalEntry.WaitPassed;
import io.skald.saga.message.StepName;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * A wait is over when its time has come and not before (law L9), and a signal is not lost: it is
 * taken as it came, and only what has come already, or comes too late, is ignored (law L2).
 */
final class WaitRule implements Rule {

  /** What is said of it where a saga's definition is not deployed: the only case. */
  private static final String WITHOUT_DEFINITION = "the definition is missing";

  @Override
  public String name() {
    return "waits and signals";
  }

  @Override
  public void check(Evidence evidence, Findings findings) {
    for (SagaHistory saga : evidence.history().sagas()) {
      check(saga, findings);
    }
  }

  private static void check(SagaHistory saga, Findings findings) {
    Course course = new Course();
    Map<StepName, String> kept = new HashMap<>();
    for (JournalRow row : saga.journal()) {
      for (JournalEntry entry : row.transition().entries()) {
        if (entry instanceof WaitPassed e) {
          Instant until = course.waits().getOrDefault(e.block(), Instant.MAX);
          if (row.transition().at().isBefore(until)) {
            findings.add(
                "L9",
                saga.id(),
                "Expected the wait of '" + e.block() + "' not to be over before " + until);
          }
        } else if (entry instanceof SignalKept e) {
          kept.put(e.block(), e.signal());
        } else if (entry instanceof SignalTaken e && !e.signal().equals(kept.get(e.block()))) {
          findings.add(
              "L2",
              saga.id(),
              "Expected '" + e.block() + "' to take the signal that came, but found " + e.signal());
        } else if (entry instanceof InputIgnored e
            && e.input().equals("SignalSent")
            && !isRight(e, course)) {
          findings.add(
              "L2",
              saga.id(),
              "Expected the signal '"
                  + e.detail()
                  + "' to be kept, but it was ignored as "
                  + e.reason());
        }
        course.follow(entry);
      }
    }
  }

  private static boolean isRight(InputIgnored ignored, Course course) {
    return switch (ignored.reason()) {
      case REPEATED_SIGNAL -> course.hasKept(StepName.parse(ignored.detail()));
      case ALREADY_SETTLED -> course.hasPassed(StepName.parse(ignored.detail()));
      case TURNED_BACK -> course.hasTurnedBack();
      case HELD -> course.wasHeld();
      case TERMINAL -> course.hasEnded();
      case PARKED, QUEUED -> ignored.detail().equals(WITHOUT_DEFINITION);
      default -> false;
    };
  }
}
