package io.skald.checker;

import io.skald.machine.JournalEntry.CommandIssued;
import java.util.Optional;
import java.util.OptionalLong;

/** No command leaves before the transition that decided it is in the journal (law L1). */
final class DurableFirstRule implements Rule {

  @Override
  public String name() {
    return "durable first";
  }

  @Override
  public void check(Evidence evidence, Findings findings) {
    for (SentCommand command : evidence.history().commands()) {
      Optional<JournalRow> row =
          evidence.saga(command.saga()).flatMap(saga -> decided(saga, command));
      String what =
          "attempt "
              + command.attempt()
              + " at the "
              + command.phase().wireName()
              + " of step '"
              + command.step()
              + "', which was sent to "
              + command.participant();
      if (row.isEmpty()) {
        findings.add(
            "L1", command.saga(), "Expected the journal to have " + what + ", but it has not");
      } else if (isEarlier(command.sentAt(), row.get().committedAt())) {
        findings.add(
            "L1",
            command.saga(),
            "Expected "
                + what
                + " at "
                + command.sentAt().getAsLong()
                + ", to be in the journal by then, but it was committed at "
                + row.get().committedAt().getAsLong());
      }
    }
  }

  private static Optional<JournalRow> decided(SagaHistory saga, SentCommand command) {
    return saga.journal().stream()
        .filter(
            row ->
                row.transition().entries().stream()
                    .anyMatch(entry -> entry instanceof CommandIssued e && is(e, command)))
        .findFirst();
  }

  private static boolean is(CommandIssued entry, SentCommand command) {
    return entry.step().equals(command.step())
        && entry.phase() == command.phase()
        && entry.attempts().number() == command.attempt()
        && entry.participant().equals(command.participant());
  }

  private static boolean isEarlier(OptionalLong sent, OptionalLong committed) {
    return sent.isPresent() && committed.isPresent() && sent.getAsLong() < committed.getAsLong();
  }
}
