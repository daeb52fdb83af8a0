package io.skald.benchmark.micro;

import io.skald.saga.Retry;
import io.skald.saga.RetryDecision;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The arithmetic of waiting. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class RetryBenchmark {

  private final Retry retry =
      Retry.exponential(Duration.ofMillis(200)).within(Duration.ofHours(24)).maxAttempts(100);
  private final Duration elapsed = Duration.ofSeconds(12);
  private final Optional<String> code = Optional.of("TIMEOUT");
  private int attempt = 4;
  private double random = 0.3;

  @Benchmark
  public Duration delay() {
    return retry.delay(attempt, random);
  }

  @Benchmark
  public RetryDecision afterFailure() {
    return retry.afterFailure(attempt, elapsed, code, random);
  }
}
