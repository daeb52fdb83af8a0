package io.skald.benchmark;

import java.util.Optional;

/**
 * One load and what it did; what was not measured is absent.
 *
 * @param cpu over the measured time
 * @param postgres over the measured time
 * @param engine over the measured time
 */
record Point(
    LoadPoint load,
    Measured measured,
    Optional<CpuClock.Used> cpu,
    Optional<PostgresCounters> postgres,
    Optional<EngineCounters> engine) {

  /** A figure of the measured time for each saga that ended in it; 0 when none did. */
  double perSaga(double total) {
    long count = measured.micros().getTotalCount();
    return count == 0 ? 0 : total / count;
  }
}
