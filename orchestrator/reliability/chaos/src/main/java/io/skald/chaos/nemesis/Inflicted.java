package io.skald.chaos.nemesis;

import java.time.Instant;

/**
 * A fault that was carried out.
 *
 * @param end when it was over; the same as {@code begin} for what takes no time
 */
public record Inflicted(PlannedFault fault, Instant begin, Instant end) {}
