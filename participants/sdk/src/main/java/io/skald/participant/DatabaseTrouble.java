package io.skald.participant;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import javax.transaction.xa.XAException;
import org.jspecify.annotations.Nullable;

/**
 * Tells a database in trouble from a handler in trouble, by what an exception and its causes say.
 *
 * <p>In trouble is a database that is away, full, shutting down, or that asks for the transaction
 * to be run again (serialization failure, deadlock, lock not available). A violated constraint or a
 * wrong statement is the handler's.
 */
final class DatabaseTrouble {

  /** 08 connection, 53 resources, 57 operator intervention, 58 system error. */
  private static final Set<String> CLASSES = Set.of("08", "53", "57", "58");

  /** Serialization failure, deadlock, lock not available, idle transaction ended. */
  private static final Set<String> STATES = Set.of("40001", "40P01", "55P03", "25P03");

  /** What a statement timeout or a cancelled query says; its class is 57, its cause the handler. */
  private static final String QUERY_CANCELED = "57014";

  private DatabaseTrouble() {}

  static boolean isCauseOf(Throwable failure) {
    return search(failure, Collections.newSetFromMap(new IdentityHashMap<>()));
  }

  private static boolean search(@Nullable Throwable failure, Set<Throwable> seen) {
    if (failure == null || !seen.add(failure)) {
      return false;
    }
    if (failure instanceof RetryBatchException || isTrouble(failure)) {
      return true;
    }
    for (Throwable suppressed : failure.getSuppressed()) {
      if (search(suppressed, seen)) {
        return true;
      }
    }
    return failure instanceof SQLException sql && search(sql.getNextException(), seen)
        || search(failure.getCause(), seen);
  }

  private static boolean isTrouble(Throwable failure) {
    if (failure instanceof XAException xa) {
      return xa.errorCode == XAException.XAER_RMFAIL;
    }
    if (!(failure instanceof SQLException sql)) {
      return false;
    }
    String state = sql.getSQLState();
    if (state == null) {
      // The pool's own: no connection to be had in time.
      return sql.getMessage() != null && sql.getMessage().contains("cquisition timeout")
          || isConnection(sql);
    }
    return !state.equals(QUERY_CANCELED)
            && state.length() == 5
            && CLASSES.contains(state.substring(0, 2))
        || STATES.contains(state)
        || isConnection(sql);
  }

  private static boolean isConnection(SQLException sql) {
    return sql instanceof SQLNonTransientConnectionException
        || sql instanceof SQLTransientException && !(sql instanceof SQLTimeoutException)
        || sql instanceof SQLRecoverableException;
  }
}
