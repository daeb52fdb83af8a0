package io.skald.benchmark.micro;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

class BenchmarksRunTest {

  private static final List<Class<?>> BENCHMARKS =
      List.of(
          MachineBenchmark.class, CodecBenchmark.class, WireBenchmark.class, RetryBenchmark.class);

  @Test
  void shouldRunEachBenchmark_whenCalledOnce() throws RunnerException {
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .mode(Mode.SingleShotTime)
                    .forks(0)
                    .warmupIterations(0)
                    .measurementIterations(1)
                    .shouldFailOnError(true)
                    .verbosity(VerboseMode.SILENT)
                    .build())
            .run();

    assertThat(results.stream().map(r -> r.getParams().getBenchmark()).distinct())
        .containsExactlyInAnyOrderElementsOf(declared().toList());
    assertThat(MicroBenchmarks.table(results)).hasSize(2 + results.size());
  }

  private static Stream<String> declared() {
    return BENCHMARKS.stream()
        .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
        .filter(method -> method.isAnnotationPresent(Benchmark.class))
        .map(BenchmarksRunTest::nameOf);
  }

  private static String nameOf(Method method) {
    return method.getDeclaringClass().getName() + "." + method.getName();
  }
}
