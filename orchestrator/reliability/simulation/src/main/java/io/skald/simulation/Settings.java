package io.skald.simulation;

import io.skald.orchestrator.lane.LaneSettings;
import java.time.Duration;
import java.util.List;

/** How a run's processes are set up: drawn, so that narrow queues and small caches are met too. */
record Settings(
    int shards,
    int orchestrators,
    int instances,
    int sagas,
    int maxRecords,
    int maxTimers,
    int maxUnacknowledged,
    int cachedSagas,
    Duration timerHorizon,
    Duration latePublication,
    Duration trouble) {

  static Settings draw(Chance chance, Scale scale) {
    return new Settings(
        chance.between(1, 4),
        chance.between(1, 3),
        chance.between(1, 2),
        Math.min(scale.maxSagas(), chance.between(3, 12)),
        chance.pick(List.of(1, 3, 10, 500)),
        chance.pick(List.of(1, 3, 100)),
        chance.pick(List.of(1, 5, 1_000)),
        chance.pick(List.of(0, 2, 1_000)),
        chance.duration(Duration.ofSeconds(3), Duration.ofMinutes(10)),
        chance.duration(Duration.ofMillis(200), Duration.ofSeconds(5)),
        chance.duration(Duration.ofSeconds(5), Duration.ofMinutes(2)));
  }

  LaneSettings lane(String node) {
    return new LaneSettings(
        node,
        maxTimers,
        maxUnacknowledged,
        cachedSagas,
        timerHorizon,
        latePublication,
        Duration.ofSeconds(1));
  }
}
