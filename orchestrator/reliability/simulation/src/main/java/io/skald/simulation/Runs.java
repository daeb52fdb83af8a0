package io.skald.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/** Many runs, one seed after the other, on several threads; each run stays on one thread. */
final class Runs {

  private final long from;
  private final long count;
  private final int threads;
  private final LongFunction<Outcome> simulation;

  Runs(long from, long count, int threads, LongFunction<Outcome> simulation) {
    this.from = from;
    this.count = count;
    this.threads = threads;
    this.simulation = simulation;
  }

  /**
   * Runs them all, or until one has violations.
   *
   * @param onOutcome told of each, by one thread at a time, in any order
   */
  void untilViolation(Consumer<Outcome> onOutcome) throws InterruptedException {
    AtomicLong next = new AtomicLong(from);
    AtomicBoolean stop = new AtomicBoolean();
    List<Thread> all = new ArrayList<>();
    List<Throwable> defects = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      all.add(
          Thread.ofPlatform()
              .name("simulation-" + i)
              .start(
                  () -> {
                    for (long seed = next.getAndIncrement();
                        seed < from + count && !stop.get();
                        seed = next.getAndIncrement()) {
                      try {
                        Outcome outcome = simulation.apply(seed);
                        if (!outcome.violations().isEmpty()) {
                          stop.set(true);
                        }
                        synchronized (this) {
                          onOutcome.accept(outcome);
                        }
                      } catch (RuntimeException | Error defect) {
                        stop.set(true);
                        synchronized (this) {
                          defects.add(
                              new IllegalStateException("Seed " + seed + " broke off", defect));
                        }
                      }
                    }
                  }));
    }
    for (Thread thread : all) {
      thread.join();
    }
    if (!defects.isEmpty()) {
      throw new IllegalStateException(defects.getFirst());
    }
  }
}
