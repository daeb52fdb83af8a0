package io.skald.simulation;

import io.skald.checker.Violation;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Looks for the shortest story that breaks the same law: fewer faults, fewer sagas. */
final class Shortening {

  private final Options options;
  private final String law;
  private Violation violation;
  private Outcome shortest;
  private Scale scale;

  private Shortening(Outcome broken, Options options) {
    this.options = options;
    this.violation = broken.violations().getFirst();
    this.law = lawOf(violation);
    this.shortest = broken;
    this.scale = options.scale();
  }

  static Finding of(Outcome broken, Options options) {
    Shortening shortening = new Shortening(broken, options);
    shortening.leaveFaultsOut();
    shortening.leaveSagasOut();
    return new Finding(
        shortening.shortest,
        shortening.violation,
        options.command(broken.seed(), shortening.scale));
  }

  private static String lawOf(Violation violation) {
    return violation.law() + " " + violation.rule();
  }

  private void leaveFaultsOut() {
    Set<Fault> struck = EnumSet.noneOf(Fault.class);
    struck.addAll(shortest.faults().keySet());
    tryWith(new Scale(struck, scale.maxSagas()));
    for (Fault fault : struck) {
      Set<Fault> fewer = EnumSet.copyOf(struck);
      fewer.retainAll(scale.faults());
      fewer.remove(fault);
      tryWith(new Scale(fewer, scale.maxSagas()));
    }
  }

  private void leaveSagasOut() {
    for (int sagas = 1; sagas < shortest.sagas(); sagas++) {
      if (tryWith(new Scale(scale.faults(), sagas))) {
        return;
      }
    }
  }

  private boolean tryWith(Scale smaller) {
    Outcome outcome = options.simulate(shortest.seed(), smaller);
    Optional<Violation> same =
        outcome.violations().stream().filter(v -> lawOf(v).equals(law)).findFirst();
    if (same.isPresent()) {
      violation = same.get();
      shortest = outcome;
      scale = smaller;
    }
    return same.isPresent();
  }
}
