package io.skald.orchestrator.journal;

import io.skald.orchestrator.lane.Journal.JournalException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;

/** What must be done about the tables now and then, and what can be seen from them. */
public final class Housekeeping {

  private final Transactions transactions;

  public Housekeeping(DataSource dataSource) {
    this.transactions = new Transactions(dataSource);
  }

  /**
   * What the tables say about all orchestrators together.
   *
   * @param overdue active sagas whose wake-up time passed long ago, and lines of exclusive sagas in
   *     which all wait and nobody is under way: something should have moved them
   * @param parked sagas that wait for an operator
   * @param unpublished journal rows that are not known to be in Kafka
   */
  public record Sweep(long overdue, long parked, long unpublished) {}

  /**
   * Makes the rows of shards that are missing.
   *
   * @throws IllegalStateException when there are others: the number of shards is fixed
   */
  public void prepareShards(int count) {
    int found =
        transactions.call(
            "prepare the shard rows",
            connection -> {
              if (rowCount(connection) == 0) {
                insertShards(connection, count);
              }
              return rowCount(connection);
            });
    shardFault(count, found)
        .ifPresent(
            fault -> {
              throw new IllegalStateException(fault);
            });
  }

  /** Why this number of shards can't be run on this database; writes nothing. */
  public Optional<String> shardFault(int count) {
    int found = transactions.call("count the shard rows", Housekeeping::rowCount);
    return found == 0 ? Optional.empty() : shardFault(count, found);
  }

  private static Optional<String> shardFault(int count, int found) {
    return found == count
        ? Optional.empty()
        : Optional.of(
            "Expected the database to have "
                + count
                + " shards, as skald.shards.count says, but it has "
                + found
                + "; the number of shards is fixed for the life of a database");
  }

  /**
   * Makes the partitions of the coming week: one for each day of the journal, one for what ends.
   */
  public void makePartitions() {
    transactions.autocommit(
        "make the partitions of the coming week",
        connection -> {
          try (PreparedStatement statement =
              connection.prepareStatement(
                  "select make_partitions('journal', 'day', 7),"
                      + " make_partitions('saga_ended', 'week', 1)")) {
            return statement.execute();
          }
        });
  }

  /**
   * Looks for what should have moved, without trusting the lanes (law L8).
   *
   * @throws JournalException when the database does not answer
   */
  public Sweep sweep(Duration overdueAfter) {
    String sql =
        """
        select
          (select count(*) from saga
           where shard = any (array(select id from shard))
             and next_due_at < now() - make_interval(secs => ?))
          + (select count(distinct (shard, definition, saga_key)) from saga waiting
             where status = 'QUEUED' and not exists (
               select 1 from saga first
               where first.shard = waiting.shard and first.definition = waiting.definition
                 and first.saga_key = waiting.saga_key and first.place > 0
                 and first.status <> 'QUEUED')),
          (select count(*) from saga where status = 'PARKED'),
          (select coalesce(sum(journal_seq - published_seq), 0) from shard)
        """;
    return transactions.autocommit(
        "look for what should have moved",
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setDouble(1, overdueAfter.toMillis() / 1000.0);
            try (ResultSet row = statement.executeQuery()) {
              row.next();
              return new Sweep(row.getLong(1), row.getLong(2), row.getLong(3));
            }
          }
        });
  }

  private static int rowCount(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement("select count(*) from shard");
        ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getInt(1);
    }
  }

  private static void insertShards(Connection connection, int count) throws SQLException {
    String sql =
        """
        insert into shard (id, epoch, owner, journal_seq, published_seq, offsets, claimed_at)
        select id, 0, '', 0, 0, '{}', now() from generate_series(0, ? - 1) as id
        on conflict do nothing
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setInt(1, count);
      statement.executeUpdate();
    }
  }
}
