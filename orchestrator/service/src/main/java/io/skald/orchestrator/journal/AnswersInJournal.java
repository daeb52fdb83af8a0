package io.skald.orchestrator.journal;

import io.skald.machine.JournalEntry.InputIgnored;
import io.skald.machine.SagaStatus;
import io.skald.machine.Verdict;
import io.skald.orchestrator.lane.Answers;
import io.skald.saga.message.SagaId;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.Optional;
import javax.sql.DataSource;

/** Finds the answers to requests in the journal. */
public final class AnswersInJournal implements Answers {

  private final Transactions transactions;

  public AnswersInJournal(DataSource dataSource) {
    this.transactions = new Transactions(dataSource);
  }

  @Override
  public Optional<Verdict> verdictOn(SagaId saga, String cause) {
    String sql =
        "select body from journal where saga_id = ? and cause = ? order by saga_seq limit 1";
    return transactions.call(
        "read the answer to a request",
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, saga.value());
            statement.setString(2, cause);
            try (ResultSet row = statement.executeQuery()) {
              return row.next() ? Optional.of(verdict(row.getString(1))) : Optional.empty();
            }
          }
        });
  }

  @Override
  public boolean hasEnded(SagaId saga) {
    return transactions.call(
        "read a saga's status",
        connection -> {
          try (PreparedStatement statement =
              connection.prepareStatement("select status from saga where id = ?")) {
            statement.setObject(1, saga.value());
            try (ResultSet row = statement.executeQuery()) {
              return row.next() && SagaStatus.valueOf(row.getString(1)).isTerminal();
            }
          }
        });
  }

  private static Verdict verdict(String body) {
    return EntryCodec.decode(body).getFirst() instanceof InputIgnored ignored
        ? new Verdict.Ignored(ignored.reason())
        : new Verdict.Applied();
  }
}
