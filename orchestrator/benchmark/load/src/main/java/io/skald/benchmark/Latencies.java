package io.skald.benchmark;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/** How long sagas took, to three digits. Any thread may record; one takes the intervals. */
final class Latencies {
  static final int DIGITS = 3;

  private static final double MICROS_PER_MILLI = 1000.0;

  private final Recorder micros = new Recorder(DIGITS);

  /** Figures in milliseconds; all zero when there were none. */
  record Summary(long count, double p50, double p90, double p99, double p999, double max) {

    /** Of a histogram of microseconds. */
    static Summary of(Histogram micros) {
      return new Summary(
          micros.getTotalCount(),
          micros.getValueAtPercentile(50) / MICROS_PER_MILLI,
          micros.getValueAtPercentile(90) / MICROS_PER_MILLI,
          micros.getValueAtPercentile(99) / MICROS_PER_MILLI,
          micros.getValueAtPercentile(99.9) / MICROS_PER_MILLI,
          micros.getMaxValue() / MICROS_PER_MILLI);
    }
  }

  void record(long nanos) {
    micros.recordValue(Math.max(0, TimeUnit.NANOSECONDS.toMicros(nanos)));
  }

  /** What was recorded since the last call, in microseconds. */
  Histogram interval() {
    return micros.getIntervalHistogram();
  }
}
