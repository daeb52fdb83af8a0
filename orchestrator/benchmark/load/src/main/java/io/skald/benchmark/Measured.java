package io.skald.benchmark;

import org.HdrHistogram.Histogram;

/**
 * What one load did.
 *
 * @param micros latencies of the sagas that ended as they should within the measured time
 * @param seconds how long it was measured
 * @param spare the part of that time for which the generator waited for its pace: where it is near
 *     0, the load was limited by the bench
 * @param underWay sagas in flight at the end
 */
record Measured(Histogram micros, double seconds, double spare, int underWay) {

  double sagasPerSecond() {
    return seconds == 0 ? 0 : micros.getTotalCount() / seconds;
  }

  Latencies.Summary latencies() {
    return Latencies.Summary.of(micros);
  }
}
