package io.skald.benchmark;

/**
 * How late timers fired.
 *
 * @param count how many were due
 * @param perSecond how many in a second
 * @param late from when each was due until its command reached a participant, with the commit and
 *     Kafka in between; counts those that came at all
 */
record TimersResult(int count, int perSecond, Latencies.Summary late) {}
