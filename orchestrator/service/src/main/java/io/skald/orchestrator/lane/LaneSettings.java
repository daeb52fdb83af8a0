package io.skald.orchestrator.lane;

import java.time.Duration;

/**
 * How a lane is to work.
 *
 * @param node the process that owns its shards, as shard rows name it
 * @param maxTimers how many wake-ups go into one transaction
 * @param maxUnacknowledged how many messages may wait for Kafka before the lane stops taking input
 * @param cachedSagas how many states of active sagas it keeps
 * @param timerHorizon how far ahead it keeps wake-up times
 * @param latePublication after how long a command counts as published late; sooner, after half of
 *     it, when its timeout is short
 * @param patience how long Kafka and PostgreSQL may take for what a turn has to wait for
 */
public record LaneSettings(
    String node,
    int maxTimers,
    int maxUnacknowledged,
    int cachedSagas,
    Duration timerHorizon,
    Duration latePublication,
    Duration patience) {}
