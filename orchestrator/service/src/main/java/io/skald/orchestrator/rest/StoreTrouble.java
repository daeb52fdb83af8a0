package io.skald.orchestrator.rest;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Tells a store in trouble from a defect, by what an exception says, its causes, and what they
 * suppress: the transaction manager hides there why a commit went wrong.
 */
final class StoreTrouble {

  /**
   * 08 connection, 53 resources, 57 operator intervention or time-out, 58 system error, 40 to be
   * run again, 55 not available.
   */
  private static final Set<String> CLASSES = Set.of("08", "40", "53", "55", "57", "58");

  private StoreTrouble() {}

  static boolean isCauseOf(Throwable failure) {
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Throwable> open = new ArrayDeque<>(List.of(failure));
    while (!open.isEmpty()) {
      Throwable next = open.remove();
      if (next instanceof SQLException sql && isTrouble(sql)) {
        return true;
      }
      if (seen.add(next)) {
        open.addAll(behind(next));
      }
    }
    return false;
  }

  private static List<Throwable> behind(Throwable failure) {
    List<Throwable> behind = new ArrayList<>(Arrays.asList(failure.getSuppressed()));
    if (failure.getCause() != null) {
      behind.add(failure.getCause());
    }
    return behind;
  }

  private static boolean isTrouble(SQLException sql) {
    String state = sql.getSQLState();
    return state != null && state.length() == 5
        ? CLASSES.contains(state.substring(0, 2))
        : sql instanceof SQLTransientException
            || sql instanceof SQLNonTransientConnectionException
            || sql instanceof SQLRecoverableException;
  }
}
