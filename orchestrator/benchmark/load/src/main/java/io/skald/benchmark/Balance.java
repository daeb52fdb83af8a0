package io.skald.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Whether participants have done what the ends of the sagas say, no more and no less.
 *
 * @param faults each a sentence; none when it balances
 */
record Balance(List<String> faults) {

  Balance {
    faults = List.copyOf(faults);
  }

  boolean holds() {
    return faults.isEmpty();
  }

  /**
   * Of the trivial participants: every completed saga has done every step once; every compensated
   * one has done all but shipping, and undone as many.
   *
   * @param endings how often each was seen
   * @param copies how many more sagas have ended than began here: copies that waited at their last
   *     step, less those that they are copies of
   */
  static Balance of(
      Map<TrivialParticipants.Role, TrivialParticipants.Done> done,
      Map<String, Long> endings,
      long copies,
      Recipe recipe) {
    long completed = endings.getOrDefault(Orders.COMPLETED, 0L);
    long compensated = endings.getOrDefault(Orders.COMPENSATED, 0L);
    List<String> faults = new ArrayList<>();
    done.forEach(
        (role, counts) -> {
          long steps = recipe.stepsOf(role);
          boolean refuses = role == TrivialParticipants.Role.SHIPPING;
          check(
              faults,
              role + " actions",
              refuses ? steps * completed : steps * (completed - copies + compensated),
              counts.done());
          check(faults, role + " refusals", refuses ? compensated : 0, counts.refused());
          check(
              faults, role + " compensations", refuses ? 0 : steps * compensated, counts.undone());
        });
    return new Balance(faults);
  }

  private static void check(List<String> faults, String what, long expected, long found) {
    if (expected != found) {
      faults.add("Expected " + expected + " " + what + ", but found " + found);
    }
  }
}
