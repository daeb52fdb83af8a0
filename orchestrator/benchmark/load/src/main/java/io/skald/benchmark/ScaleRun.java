package io.skald.benchmark;

import io.skald.standalone.Progress;
import io.skald.standalone.StandaloneException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.HdrHistogram.Histogram;

/**
 * Adds and removes orchestrators under a load that does not wait for them. A removed one is told to
 * stop by SIGTERM; an added one is a new process.
 */
final class ScaleRun {
  private static final double NANOS_PER_MILLI = 1e6;

  private final BenchArguments arguments;
  private final OwnStack stack;
  private final ShardPauses pauses;
  private final Progress progress;

  ScaleRun(BenchArguments arguments, OwnStack stack, ShardPauses pauses, Progress progress) {
    this.arguments = arguments;
    this.stack = stack;
    this.pauses = pauses;
    this.progress = progress;
  }

  List<ScaleStep> run(Load load) throws InterruptedException {
    return load.under(
        arguments.points().getFirst().pace(),
        () -> {
          load.watch(arguments.warmUp(), Load.WARM_UP);
          List<ScaleStep> steps = new ArrayList<>();
          for (int orchestrators : arguments.scaleSteps()) {
            steps.add(step(load, orchestrators));
          }
          return steps;
        });
  }

  private ScaleStep step(Load load, int orchestrators) throws InterruptedException {
    progress.say("To " + orchestrators + " orchestrators");
    pauses.take(System.nanoTime());
    load.skip();
    long from = System.nanoTime();
    CompletableFuture<Double> change =
        CompletableFuture.supplyAsync(
            () -> {
              stack.scaleTo(orchestrators);
              return (System.nanoTime() - from) / 1e9;
            });
    Histogram micros = load.watch(arguments.measured(), orchestrators + " orchestrators");
    double changed = await(change);
    double seconds = (System.nanoTime() - from) / 1e9;
    micros.add(load.skip());
    long[] longest = pauses.take(System.nanoTime());
    int shard = 0;
    for (int i = 1; i < longest.length; i++) {
      shard = longest[i] > longest[shard] ? i : shard;
    }
    return new ScaleStep(
        orchestrators,
        changed,
        micros.getTotalCount() / seconds,
        Latencies.Summary.of(micros),
        longest[shard] / NANOS_PER_MILLI,
        shard);
  }

  private static double await(CompletableFuture<Double> change) throws InterruptedException {
    try {
      return change.get();
    } catch (ExecutionException | CompletionException e) {
      throw new StandaloneException(
          "Expected to add or remove orchestrators, but: " + e.getCause(), e);
    }
  }
}
