package io.skald.chaos.audit;

import io.skald.chaos.nemesis.Inflicted;
import io.skald.chaos.stack.Host;
import io.skald.checker.Violation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What must hold once every fault is over and all has been healed, however long it takes: each
 * process is healthy, and all that a fault had stopped moves again.
 */
public final class Healing {

  private static final String LAW = "recovery";

  private Healing() {}

  /**
   * What has not come back.
   *
   * @param unhealthy processes that have been started again for minutes to no avail
   * @param unrecovered faults after which something has not moved, though orders kept coming for
   *     minutes after the last of them
   */
  public static List<Violation> violations(
      Collection<Host> unhealthy, Collection<Inflicted> unrecovered) {
    List<Violation> violations = new ArrayList<>();
    for (Host host : unhealthy) {
      violations.add(
          violation(
              "healthy after healing",
              "Expected "
                  + host.processName()
                  + " to be healthy again after all was healed, but it is not"));
    }
    for (Inflicted fault : unrecovered) {
      violations.add(
          violation(
              "moves again",
              "Expected all that "
                  + fault.fault().kind().label()
                  + " of "
                  + fault.fault().target()
                  + " had stopped to move again, but some of it did not, from "
                  + fault.end()
                  + " to the end of the orders"));
    }
    return violations;
  }

  private static Violation violation(String rule, String sentence) {
    return new Violation(LAW, rule, Optional.empty(), sentence, "");
  }
}
