package io.skald.orchestrator.journal;

import io.skald.machine.IgnoreReason;
import io.skald.machine.JournalEntry.InputIgnored;
import io.skald.machine.Verdict;
import io.skald.orchestrator.lane.Answers;
import io.skald.saga.message.SagaId;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
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

  /**
   * The saga that is in the way has just noted it, so of those that have ended few are looked at.
   */
  @Override
  public Optional<Verdict> exclusionOf(String definition, String key, String cause) {
    String sql =
        """
        select j.saga_id, j.body from sagas s join journal j on j.saga_id = s.id
        where s.definition = ? and s.saga_key = ? and s.place > 0
            and s.updated_at > now() - interval '1 hour' and j.cause = ?
        limit 1
        """;
    return transactions.autocommit(
        "read whether a start was refused",
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, definition);
            statement.setString(2, key);
            statement.setString(3, cause);
            try (ResultSet row = statement.executeQuery()) {
              return row.next()
                  ? exclusion(new SagaId(row.getObject(1, UUID.class)), row.getString(2))
                  : Optional.empty();
            }
          }
        });
  }

  /** Behind the id of the saga that was refused. */
  private static String because(InputIgnored excluded) {
    return excluded.detail().substring(excluded.detail().indexOf(": ") + 2);
  }

  private static Optional<Verdict> exclusion(SagaId by, String body) {
    return EntryCodec.decode(body).getFirst() instanceof InputIgnored ignored
            && ignored.reason() == IgnoreReason.EXCLUDES_ANOTHER
        ? Optional.of(new Verdict.Excluded(by, because(ignored)))
        : Optional.empty();
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
