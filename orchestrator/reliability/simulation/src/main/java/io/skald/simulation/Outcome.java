package io.skald.simulation;

import io.skald.checker.Violation;
import io.skald.saga.message.SagaId;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What came of one run.
 *
 * @param hash of everything that happened, in order: the same seed gives the same one
 * @param simulated how long it was by its own clock
 * @param faults how often each struck; those that did not are left out
 * @param reconciled how much the checker has found of what a restored backup had lost
 * @param tales what happened to the sagas that violations name, in their order
 */
record Outcome(
    long seed,
    long hash,
    long events,
    Duration simulated,
    int sagas,
    int completed,
    Map<Fault, Long> faults,
    List<Violation> violations,
    int reconciled,
    Map<SagaId, List<String>> tales) {

  /** One that threw instead of coming to an end. */
  static Outcome brokenOff(long seed, Throwable thrown) {
    StringWriter stack = new StringWriter();
    thrown.printStackTrace(new PrintWriter(stack));
    String sentence = "Expected the run to come to its end, but it threw " + thrown;
    return new Outcome(
        seed,
        0,
        0,
        Duration.ZERO,
        0,
        0,
        Map.of(),
        List.of(new Violation("simulation", "ends", Optional.empty(), sentence, stack.toString())),
        0,
        Map.of());
  }
}
