package io.skald.standalone.bench;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** How long sagas took, to three digits. Any thread may record. */
final class Latencies {
  private static final int DIGITS = 3;
  private static final double MICROS_PER_MILLI = 1000.0;

  private final Histogram micros = new ConcurrentHistogram(DIGITS);

  /** Figures in milliseconds; all zero when there were none. */
  record Summary(long count, double p50, double p99, double max) {}

  void record(long nanos) {
    micros.recordValue(Math.max(0, TimeUnit.NANOSECONDS.toMicros(nanos)));
  }

  Summary summary() {
    return new Summary(
        micros.getTotalCount(),
        micros.getValueAtPercentile(50) / MICROS_PER_MILLI,
        micros.getValueAtPercentile(99) / MICROS_PER_MILLI,
        micros.getMaxValue() / MICROS_PER_MILLI);
  }
}
