package io.skald.chaos.recovery;

import io.skald.chaos.nemesis.Inflicted;
import java.time.Duration;
import java.time.Instant;

/**
 * A fault after which everything it had hit has been seen to move.
 *
 * @param from when the clock began: the fault's end (its beginning, when others were to take over
 *     what it hit), or the end of a later one which hit some of the same and was over before all
 *     had moved
 * @param took from then until the last of what was hit had moved
 * @param alone whether no other fault hit any of the same meanwhile
 */
public record Recovered(Inflicted inflicted, Instant from, Duration took, boolean alone) {}
