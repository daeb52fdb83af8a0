package io.skald.checker;

import java.util.HashMap;
import java.util.Map;

/** What nothing may make or destroy stays the same at every snapshot, and is nowhere below zero. */
final class ConservationRule implements Rule {

  @Override
  public String name() {
    return "conservation";
  }

  @Override
  public void check(Evidence evidence, Findings findings) {
    Map<String, Snapshot> first = new HashMap<>();
    for (Snapshot snapshot : evidence.history().snapshots()) {
      Snapshot before = first.computeIfAbsent(snapshot.quantity(), name -> snapshot);
      if (before.sum().compareTo(snapshot.sum()) != 0) {
        findings.add(
            "books",
            "Expected "
                + before.sum()
                + " of "
                + snapshot.quantity()
                + " at all times, but found "
                + snapshot.sum()
                + " at "
                + snapshot.at());
      }
      if (snapshot.minimum().signum() < 0) {
        findings.add(
            "books",
            "Expected no "
                + snapshot.quantity()
                + " below zero, but found "
                + snapshot.minimum()
                + " at "
                + snapshot.at());
      }
    }
  }
}
