package io.skald.benchmark;

/**
 * What was seen in one second of load.
 *
 * @param at seconds since the first one began
 * @param phase warm-up or what was measured
 * @param rate sagas that ended, a second
 * @param p50 their latency in milliseconds
 * @param p99 their latency in milliseconds
 */
record Sample(double at, String phase, double rate, double p50, double p99) {}
