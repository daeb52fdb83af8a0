package io.skald.benchmark;

import io.skald.standalone.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Runs loads one after the other and looks at each once a second. For one thread. */
final class Load {
  static final String WARM_UP = "warm-up";

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int TELL_EVERY = 5;

  private final Orders orders;
  private final Starter starter;
  private final Flights flights;
  private final Latencies latencies;
  private final Progress progress;
  private final List<Sample> samples = new ArrayList<>();
  private final long begin = System.nanoTime();

  Load(Orders orders, Starter starter, Flights flights, Latencies latencies, Progress progress) {
    this.orders = orders;
    this.starter = starter;
    this.flights = flights;
    this.latencies = latencies;
    this.progress = progress;
  }

  /** Of all loads so far, a second each. */
  List<Sample> samples() {
    return List.copyOf(samples);
  }

  /** One saga after the other. */
  Histogram oneAtATime(int count) throws InterruptedException {
    skip();
    try (Generator generator =
        Generator.start(orders, starter, flights, new ClosedLoop(1), count)) {
      generator.join();
    }
    drain();
    return skip();
  }

  /**
   * Puts one load on the stack, first for the warm-up, then for the measurement. Returns when the
   * last of its sagas has ended or has been given up.
   *
   * @param atStart run when the measurement starts
   * @param atEnd run when it ends, with the load still on
   */
  Measured run(
      LoadPoint point, Duration warmUp, Duration measured, Runnable atStart, Runnable atEnd)
      throws InterruptedException {
    Pace pace = point.pace();
    return under(
        pace,
        () -> {
          watch(warmUp, WARM_UP);
          atStart.run();
          skip();
          long waited = pace.waitedNanos();
          long from = System.nanoTime();
          Histogram micros = watch(measured, point.text());
          micros.add(skip());
          double nanos = System.nanoTime() - from;
          int underWay = flights.underWay();
          atEnd.run();
          return new Measured(
              micros, nanos / 1e9, Math.min(1, (pace.waitedNanos() - waited) / nanos), underWay);
        });
  }

  /** Something to do while a load is on. */
  interface Body<T> {
    T run() throws InterruptedException;
  }

  /** Keeps a pace up while something is done; then waits for the last of its sagas. */
  <T> T under(Pace pace, Body<T> body) throws InterruptedException {
    Generator generator = Generator.start(orders, starter, flights, pace, Long.MAX_VALUE);
    try {
      return body.run();
    } finally {
      generator.close();
      drain();
    }
  }

  /** What was recorded since the last look, which is in no sample. */
  Histogram skip() {
    return latencies.interval();
  }

  /**
   * Looks once a second, and tells the rate meanwhile: where it still climbs at the end, the
   * warm-up was too short.
   *
   * @return the latencies seen
   */
  Histogram watch(Duration duration, String phase) throws InterruptedException {
    Histogram all = new Histogram(Latencies.DIGITS);
    long from = System.nanoTime();
    long last = from;
    long counted = 0;
    for (int second = 1; second <= duration.toSeconds(); second++) {
      TimeUnit.NANOSECONDS.sleep(from + TimeUnit.SECONDS.toNanos(second) - System.nanoTime());
      Histogram interval = latencies.interval();
      all.add(interval);
      long now = System.nanoTime();
      samples.add(sample(interval, phase, now, now - last));
      last = now;
      flights.giveUp(now - PATIENCE.toNanos(), "Not ended within " + PATIENCE.toSeconds() + " s");
      if (second % TELL_EVERY == 0 || second == duration.toSeconds()) {
        int seconds = second % TELL_EVERY == 0 ? TELL_EVERY : second % TELL_EVERY;
        progress.say(
            String.format(
                Locale.ROOT,
                "%s: %.0f sagas/s",
                phase,
                (all.getTotalCount() - counted) / (double) seconds));
        counted = all.getTotalCount();
      }
    }
    return all;
  }

  private Sample sample(Histogram interval, String phase, long now, long nanos) {
    Latencies.Summary summary = Latencies.Summary.of(interval);
    return new Sample(
        (now - begin) / 1e9, phase, summary.count() * 1e9 / nanos, summary.p50(), summary.p99());
  }

  private void drain() throws InterruptedException {
    if (!flights.awaitNone(PATIENCE.toNanos())) {
      flights.giveUp(System.nanoTime(), "Not ended within " + PATIENCE.toSeconds() + " s");
    }
  }
}
