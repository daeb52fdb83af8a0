package io.skald.standalone.bench;

import io.skald.standalone.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;

/**
 * Runs sagas in closed loops: each of a number of slots starts one, waits for its end, starts the
 * next. A slow saga so holds back the next one, which an open-loop load would not do: tail
 * latencies at a fixed rate can't be read off it.
 */
final class Load {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration AFTER_FAILURE = Duration.ofMillis(100);
  private static final Duration TELL_EVERY = Duration.ofSeconds(5);

  private final Starter starter;
  private final Completions completions;
  private final String expectedEnding;
  private final Progress progress;
  private final LongAdder ended = new LongAdder();
  private final Map<String, Integer> errors = new ConcurrentHashMap<>();

  /** What ends now is recorded here; replaced between warm-up and measurement. */
  private volatile Latencies latencies = new Latencies();

  Load(Starter starter, Completions completions, Profile profile, Progress progress) {
    this.starter = starter;
    this.completions = completions;
    this.expectedEnding = profile.ending();
    this.progress = progress;
  }

  /**
   * Sagas that were not taken, did not end in a minute, or ended otherwise; of all of this load.
   */
  Map<String, Integer> errors() {
    return Map.copyOf(errors);
  }

  /** One saga after the other. */
  Latencies.Summary oneAtATime(int count) throws InterruptedException {
    latencies = new Latencies();
    for (int i = 0; i < count; i++) {
      runOne();
    }
    return latencies.summary();
  }

  /**
   * Keeps so many in flight: first for the warm-up, then for the measurement. Returns when the last
   * one has ended.
   *
   * @param atStart run when the measurement starts
   * @param atEnd run when it ends, with all slots still busy
   */
  Latencies.Summary closedLoop(
      int inFlight, Duration warmUp, Duration measured, Runnable atStart, Runnable atEnd)
      throws InterruptedException {
    AtomicInteger stopped = new AtomicInteger();
    List<Thread> slots = new ArrayList<>();
    for (int i = 0; i < inFlight; i++) {
      slots.add(Thread.ofVirtual().start(() -> runWhile(() -> stopped.get() == 0)));
    }
    try {
      sleep(warmUp, "warm-up");
      atStart.run();
      latencies = new Latencies();
      sleep(measured, "measured");
      Latencies.Summary summary = latencies.summary();
      atEnd.run();
      return summary;
    } finally {
      stopped.set(1);
      for (Thread slot : slots) {
        slot.join();
      }
    }
  }

  /** Tells the rate meanwhile: where it still climbs at the end, the warm-up was too short. */
  private void sleep(Duration duration, String phase) throws InterruptedException {
    long end = System.nanoTime() + duration.toNanos();
    for (long left = duration.toNanos(); left > 0; left = end - System.nanoTime()) {
      long before = ended.sum();
      long from = System.nanoTime();
      Thread.sleep(Duration.ofNanos(Math.min(left, TELL_EVERY.toNanos())));
      double seconds = (System.nanoTime() - from) / 1e9;
      progress.say("%s: %.0f sagas/s".formatted(phase, (ended.sum() - before) / seconds));
    }
  }

  private void runWhile(BooleanSupplier wanted) {
    try {
      while (wanted.getAsBoolean()) {
        if (!runOne()) {
          Thread.sleep(AFTER_FAILURE);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean runOne() throws InterruptedException {
    long startedAt = System.nanoTime();
    String orderId;
    try {
      orderId = starter.start();
    } catch (Starter.StartFailedException e) {
      return failed(String.valueOf(e.getMessage()));
    }
    try {
      Completions.Ending ending =
          completions.of(orderId).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      if (!ending.type().equals(expectedEnding)) {
        return failed("Ended " + ending.type() + ", not " + expectedEnding);
      }
      latencies.record(ending.seenAt() - startedAt);
      ended.increment();
      return true;
    } catch (TimeoutException e) {
      completions.forget(orderId);
      return failed("Not ended within " + PATIENCE.toSeconds() + " s");
    } catch (ExecutionException e) {
      return failed("Waiting for the end: " + e.getCause());
    }
  }

  private boolean failed(String why) {
    errors.merge(why, 1, Integer::sum);
    return false;
  }
}
