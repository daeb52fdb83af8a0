package io.skald.orchestrator.journal;

import io.skald.orchestrator.lane.Journal.JournalException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Runs blocks of SQL as transactions. What PostgreSQL asks to try again, and has surely not done,
 * is tried again; everything else comes out as a {@link JournalException}.
 */
final class Transactions {

  /** Serialization failure, deadlock, lock not available. */
  private static final Set<String> TRY_AGAIN = Set.of("40001", "40P01", "55P03");

  private static final int TRIES = 5;

  private final DataSource dataSource;

  Transactions(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  interface Block<T> {
    T run(Connection connection) throws SQLException;
  }

  /** Statements that belong together: a transaction around the block. */
  <T> T call(String what, Block<T> block) {
    return repeatedly(
        what,
        connection -> {
          connection.setAutoCommit(false);
          try {
            T result = block.run(connection);
            connection.commit();
            return result;
          } catch (SQLException | RuntimeException e) {
            rollback(connection, e);
            throw e;
          }
        });
  }

  /**
   * Statements that are sent together, or a single one: they commit by themselves, which saves the
   * round trips of BEGIN and COMMIT.
   */
  <T> T autocommit(String what, Block<T> block) {
    return repeatedly(what, block);
  }

  private <T> T repeatedly(String what, Block<T> block) {
    for (int attempt = 1; ; attempt++) {
      try (Connection connection = dataSource.getConnection()) {
        return block.run(connection);
      } catch (SQLException e) {
        if (attempt == TRIES || !isWorthAnotherTry(e)) {
          throw new JournalException("Expected PostgreSQL to " + what, e);
        }
      }
    }
  }

  private static boolean isWorthAnotherTry(@Nullable SQLException e) {
    return e != null && e.getSQLState() != null && TRY_AGAIN.contains(e.getSQLState());
  }

  private static void rollback(Connection connection, Exception cause) {
    try {
      connection.rollback();
    } catch (SQLException alsoBroken) {
      cause.addSuppressed(alsoBroken);
    }
  }
}
