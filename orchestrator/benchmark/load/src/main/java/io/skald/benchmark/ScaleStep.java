package io.skald.benchmark;

/**
 * What was seen while so many orchestrators shared the shards, from the order to add or remove some
 * to the next one.
 *
 * @param changeSeconds how long it took until those added were healthy, or those removed gone
 * @param longestPauseMillis the longest time in which any one shard had sagas under way and ended
 *     none
 * @param shard which one
 */
record ScaleStep(
    int orchestrators,
    double changeSeconds,
    double sagasPerSecond,
    Latencies.Summary latency,
    double longestPauseMillis,
    int shard) {}
