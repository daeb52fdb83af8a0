package io.skald.benchmark.micro;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs the micro-benchmarks with the allocation profiler and prints a table, the dearest first. The
 * best iteration stands beside the mean, for on a machine that others use it says more. Takes JMH's
 * own arguments: a regular expression of names, {@code -wi}, {@code -i}, and so on.
 */
public final class MicroBenchmarks {

  private static final String ALLOCATED = "gc.alloc.rate.norm";

  private MicroBenchmarks() {}

  public static void main(String[] args) throws RunnerException, CommandLineOptionException {
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .parent(new CommandLineOptions(args))
                    .addProfiler(GCProfiler.class)
                    .build())
            .run();
    System.out.println();
    table(results).forEach(System.out::println);
  }

  static List<String> table(Collection<RunResult> results) {
    List<String> lines =
        results.stream()
            .sorted(
                Comparator.comparingDouble(
                    (RunResult result) -> -result.getPrimaryResult().getScore()))
            .map(MicroBenchmarks::line)
            .toList();
    return Stream.concat(
            Stream.of(
                "| benchmark | steps | ns/op | ± | best | B/op |",
                "| --- | --- | ---: | ---: | ---: | ---: |"),
            lines.stream())
        .toList();
  }

  private static String line(RunResult result) {
    String name = result.getParams().getBenchmark();
    Result<?> allocated = result.getSecondaryResults().get(ALLOCATED);
    return String.format(
        Locale.ROOT,
        "| %s | %s | %.0f | %.0f | %.0f | %s |",
        name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1),
        result.getParams().getParamsKeys().contains("steps")
            ? result.getParams().getParam("steps")
            : "",
        result.getPrimaryResult().getScore(),
        result.getPrimaryResult().getScoreError(),
        result.getPrimaryResult().getStatistics().getMin(),
        allocated == null ? "" : String.format(Locale.ROOT, "%.0f", allocated.getScore()));
  }
}
