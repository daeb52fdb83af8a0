package io.skald.chaos.audit;

import io.skald.chaos.load.Load;
import io.skald.chaos.stack.ChaosStack;
import io.skald.checker.Checker;
import io.skald.checker.Goodput;
import io.skald.checker.History;
import io.skald.checker.Snapshot;
import io.skald.checker.Violation;
import io.skald.checker.real.LiveHistory;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Has the checker look at a stack that has come to rest. */
public final class Verdict {

  private static final List<Integer> FOR_NO_FAULT_OF_THE_CLIENT = List.of(0, 503);

  private Verdict() {}

  /**
   * All that the checker finds, and what clients were answered that they should not have been.
   *
   * @param atRest whether the stack has come to rest; if not, what is still active is a violation
   * @throws SQLException when a database can't be read
   */
  public static List<Violation> on(
      ChaosStack stack,
      Load load,
      List<Snapshot> snapshots,
      Optional<Goodput> goodput,
      boolean atRest)
      throws SQLException {
    History.Builder history =
        LiveHistory.read(Places.of(stack)).starts(load.starts()).snapshots(snapshots);
    goodput.ifPresent(history::goodput);
    List<Violation> violations = new ArrayList<>(Checker.check(history.build()));
    if (!atRest) {
      violations.add(
          violation(
              "L8", "rest", "Expected everything to come to rest, but something still moves"));
    }
    load.statuses()
        .forEach(
            (status, count) -> {
              if (status / 100 != 2 && !FOR_NO_FAULT_OF_THE_CLIENT.contains(status)) {
                violations.add(
                    violation(
                        "answers",
                        "client's answers",
                        "Expected good orders to be taken, or refused with 503 for a while, but"
                            + " found status "
                            + status
                            + ", "
                            + count
                            + " times"));
              }
            });
    return violations;
  }

  private static Violation violation(String law, String rule, String sentence) {
    return new Violation(law, rule, Optional.empty(), sentence, "");
  }
}
