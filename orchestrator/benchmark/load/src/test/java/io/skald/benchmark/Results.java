package io.skald.benchmark;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.HdrHistogram.Histogram;

/** Results of runs that never were. */
final class Results {
  private static final int MICROS_PER_MILLI = 1000;

  private Results() {}

  static BenchArguments arguments(String... words) {
    return BenchArguments.parse(words, Path.of("/tmp"));
  }

  /** With latencies of 1, 2, 3 … milliseconds in 10 seconds. */
  static Measured measured(int sagas) {
    Histogram micros = new Histogram(Latencies.DIGITS);
    for (int millis = 1; millis <= sagas; millis++) {
      micros.recordValue((long) millis * MICROS_PER_MILLI);
    }
    return new Measured(micros, 10, 0.5, 64);
  }

  static Point point(LoadPoint load, int sagas) {
    return new Point(
        load,
        measured(sagas),
        Optional.of(
            new CpuClock.Used(
                Map.of("orchestrator", 2500.0, "bench", 10_000.0),
                Map.of("participants", 1000.0),
                5_000,
                10_000)),
        Optional.of(new PostgresCounters(15_000, 5_000_000, 10_000)),
        Optional.of(new EngineCounters(1000, 20_000, 20_000)));
  }

  static Result full() {
    return new Result(
        arguments("--seconds", "10", "--set", "SKALD_LANES_COUNT=4"),
        new Machine(Instant.EPOCH, 2, "A processor", 1L << 34, "Linux 6", "A JVM 25"),
        new Versions(Optional.of("abc1234-dirty"), Optional.of("4.9"), Optional.of("18.9")),
        List.of(point(LoadPoint.closed(8), 1000), point(LoadPoint.closed(64), 5000)),
        Optional.of(new Latencies.Summary(100, 7, 8, 9, 10, 11)),
        Map.of("Not ended within 60 s", 2, "status 500", 1),
        Optional.of(new Balance(List.of("Expected 1, but found 2"))),
        OptionalLong.of(0),
        Optional.of(new Yardstick(10_000, 70_000)),
        List.of(
            new Sample(1, "warm-up", 100, 10, 40),
            new Sample(2, "8 in flight", 400, 8, 30),
            new Sample(3, "64 in flight", 500, 12, 50)),
        List.of(new ScaleStep(2, 1.5, 480, new Latencies.Summary(100, 7, 8, 9, 10, 11), 1234, 3)),
        Optional.of(new TimersResult(100, 10, new Latencies.Summary(99, 1, 2, 3, 4, 5))));
  }

  static Result empty() {
    return new Result(
        arguments(),
        new Machine(Instant.EPOCH, 2, "A processor", 1L << 34, "Linux 6", "A JVM 25"),
        new Versions(Optional.empty(), Optional.empty(), Optional.empty()),
        List.of(),
        Optional.empty(),
        Map.of(),
        Optional.empty(),
        OptionalLong.empty(),
        Optional.empty(),
        List.of(),
        List.of(),
        Optional.empty());
  }
}
