package io.skald.simulation;

import io.skald.checker.Violation;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What came of one run.
 *
 * @param hash of everything that happened, in order: the same seed gives the same one
 * @param simulated how long it was by its own clock
 * @param faults how often each struck; those that did not are left out
 * @param reconciled how much the checker has found of what a restored backup had lost
 * @param tale what happened to the first saga that a violation names; empty without one
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
    List<String> tale) {}
