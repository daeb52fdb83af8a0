package io.skald.orchestrator.journal;

import io.skald.machine.JournalEntry.InputIgnored;
import io.skald.machine.Verdict;
import io.skald.orchestrator.lane.Answers;
import io.skald.saga.message.SagaId;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
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
    return transactions.autocommit(
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
    return transactions.autocommit(
        "look whether a saga has ended",
        connection -> {
          try (PreparedStatement statement =
              connection.prepareStatement(
                  "select 1 from saga_ended where id = ? and ended_at >= ?")) {
            statement.setObject(1, saga.value());
            statement.setObject(2, SagaAges.oldest(Set.of(saga)).atOffset(ZoneOffset.UTC));
            try (ResultSet row = statement.executeQuery()) {
              return row.next();
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
