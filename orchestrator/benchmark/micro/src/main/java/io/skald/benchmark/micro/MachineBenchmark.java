package io.skald.benchmark.micro;

import io.skald.machine.Decision;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One decision of the machine, payloads included. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up before anything else.
public class MachineBenchmark {

  @Param({"3", "50"})
  private int steps;

  private Journey journey;

  @Setup
  public void setUp() {
    journey = new Journey(steps);
  }

  @Benchmark
  public Decision start() {
    return journey.start();
  }

  @Benchmark
  public Decision reply() {
    return journey.reply();
  }

  @Benchmark
  public Decision timer() {
    return journey.timer();
  }

  @Benchmark
  public Decision compensation() {
    return journey.compensation();
  }
}
