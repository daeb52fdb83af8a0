package io.skald.orchestrator.archive;

import io.skald.orchestrator.archive.Partition.Family;
import java.io.IOException;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * Lets go of partitions that are older than they must be kept. Each goes into the archive first, is
 * proven there, and only then dropped; of all orchestrators one does it at a time. A crash anywhere
 * leaves one that is archived and not dropped, or half archived, and the next run does it again.
 */
final class Retention {

  private static final Logger LOG = Logger.getLogger(Retention.class);

  /** Any number that nobody else locks. */
  private static final long ADVISORY_LOCK = 0x736b616c64L;

  /**
   * What tells whether a partition has changed: rows come and go, and an ended saga that notes an
   * input that came too late counts up its number.
   */
  private record Content(long rows, BigDecimal numbers) {

    static Content of(Connection connection, Partition partition) throws SQLException {
      try (Statement statement = connection.createStatement();
          ResultSet row =
              statement.executeQuery(
                  "select count(*), coalesce(sum(seq), 0) from " + partition.table())) {
        row.next();
        return new Content(row.getLong(1), row.getBigDecimal(2));
      }
    }
  }

  private final DataSource dataSource;
  private final Map<Family, Duration> keep;
  private final Optional<ArchiveStore> store;

  /**
   * @param keep how long after its end a partition stays; families that are not in it stay for ever
   * @param store empty when they are to be dropped without a copy
   */
  Retention(DataSource dataSource, Map<Family, Duration> keep, Optional<ArchiveStore> store) {
    this.dataSource = dataSource;
    this.keep = Map.copyOf(keep);
    this.store = store;
  }

  /**
   * Lets go of all that are due.
   *
   * @return the partitions that were dropped; none when another orchestrator is at it
   * @throws IOException when the archive failed; what was not dropped by then stays
   */
  List<Partition> run(Instant now) throws SQLException, IOException {
    try (Connection connection = dataSource.getConnection()) {
      if (!isTrue(connection, "select pg_try_advisory_lock(" + ADVISORY_LOCK + ")")) {
        return List.of();
      }
      try {
        List<Partition> dropped = new ArrayList<>();
        for (Partition partition : due(connection, now)) {
          if (letGo(connection, partition)) {
            dropped.add(partition);
          }
        }
        return dropped;
      } finally {
        isTrue(connection, "select pg_advisory_unlock(" + ADVISORY_LOCK + ")");
      }
    }
  }

  private List<Partition> due(Connection connection, Instant now) throws SQLException {
    List<Partition> due = new ArrayList<>();
    for (Partition partition : partitions(connection)) {
      Optional<Duration> kept = Optional.ofNullable(keep.get(partition.family()));
      if (kept.filter(duration -> !partition.end().plus(duration).isAfter(now)).isPresent()) {
        due.add(partition);
      }
    }
    return due;
  }

  /** All partitions that have a time of their own, the oldest first. */
  static List<Partition> partitions(Connection connection) throws SQLException {
    String sql =
        """
        select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
        where i.inhparent in ('journal'::regclass, 'saga_ended'::regclass)
        """;
    List<Partition> partitions = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        Partition.named(row.getString(1)).ifPresent(partitions::add);
      }
    }
    partitions.sort(Comparator.comparing(Partition::end).thenComparing(Partition::family));
    return partitions;
  }

  private boolean letGo(Connection connection, Partition partition)
      throws SQLException, IOException {
    Optional<Content> archived =
        store.isPresent()
            ? Optional.of(archived(connection, store.get(), partition))
            : Optional.empty();
    connection.setAutoCommit(false);
    try {
      boolean gone = drop(connection, partition, archived);
      connection.commit();
      return gone;
    } catch (SQLException | RuntimeException e) {
      connection.rollback();
      throw e;
    } finally {
      connection.setAutoCommit(true);
    }
  }

  /** In a transaction of its own, so that no lane waits for the archive. */
  private static Content archived(Connection connection, ArchiveStore store, Partition partition)
      throws SQLException, IOException {
    connection.setAutoCommit(false);
    try {
      execute(connection, "set local transaction_isolation = 'repeatable read'");
      execute(connection, "set local statement_timeout = 0");
      execute(connection, "set local idle_in_transaction_session_timeout = 0");
      Content content = Content.of(connection, partition);
      Manifest manifest = new Archiver(store).archive(connection, partition);
      if (manifest.rows() != content.rows()) {
        throw new IOException(
            "Expected to archive the "
                + content.rows()
                + " rows of "
                + partition.table()
                + ", but archived "
                + manifest.rows());
      }
      return content;
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }

  private static boolean drop(
      Connection connection, Partition partition, Optional<Content> archived) throws SQLException {
    execute(connection, "set local lock_timeout = '5s'");
    execute(connection, "set local statement_timeout = 0");
    // Readers go on; what would change it waits until it is clear that nothing has.
    execute(connection, "lock table " + partition.table() + " in share mode");
    if (partition.family() == Family.JOURNAL && hasUnpublished(connection, partition)) {
      LOG.warnf("%s stays: it has rows that are not known to be in Kafka", partition.table());
      return false;
    }
    Content content = Content.of(connection, partition);
    if (archived.isPresent() && !archived.get().equals(content)) {
      LOG.infof("%s stays: it has changed since it was archived", partition.table());
      return false;
    }
    execute(connection, "drop table " + partition.table());
    LOG.infof(
        "Dropped %s with its %d rows, %s",
        partition.table(), content.rows(), archived.isPresent() ? "archived" : "without a copy");
    return true;
  }

  private static boolean hasUnpublished(Connection connection, Partition partition)
      throws SQLException {
    return isTrue(
        connection,
        "select exists (select 1 from shard s join "
            + partition.table()
            + " j on j.shard = s.id and j.seq > s.published_seq)");
  }

  static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static boolean isTrue(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() && row.getBoolean(1);
    }
  }
}
