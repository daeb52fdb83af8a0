package io.skald.checker;

import io.skald.machine.JournalEntry;
import io.skald.machine.JournalEntry.CommandIssued;
import io.skald.saga.message.Participant;
import io.skald.saga.message.Phase;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.StepName;
import java.util.HashMap;
import java.util.Map;
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
    Map<SagaId, Map<Issue, JournalRow>> journals = new HashMap<>();
    for (SentCommand command : evidence.history().commands()) {
      Optional<JournalRow> row =
          Optional.ofNullable(
              journals
                  .computeIfAbsent(command.saga(), saga -> issued(evidence, saga))
                  .get(Issue.of(command)));
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

  /** The first row of a saga's journal in which each of its commands was decided. */
  private static Map<Issue, JournalRow> issued(Evidence evidence, SagaId saga) {
    Map<Issue, JournalRow> rows = new HashMap<>();
    evidence
        .saga(saga)
        .ifPresent(
            history -> {
              for (JournalRow row : history.journal()) {
                for (JournalEntry entry : row.transition().entries()) {
                  if (entry instanceof CommandIssued issued) {
                    rows.putIfAbsent(Issue.of(issued), row);
                  }
                }
              }
            });
    return rows;
  }

  /** By what the journal and Kafka tell one command of a saga from another. */
  private record Issue(StepName step, Phase phase, int attempt, Participant participant) {

    static Issue of(CommandIssued entry) {
      return new Issue(entry.step(), entry.phase(), entry.attempts().number(), entry.participant());
    }

    static Issue of(SentCommand command) {
      return new Issue(command.step(), command.phase(), command.attempt(), command.participant());
    }
  }

  private static boolean isEarlier(OptionalLong sent, OptionalLong committed) {
    return sent.isPresent() && committed.isPresent() && sent.getAsLong() < committed.getAsLong();
  }
}
