package io.skald.benchmark;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Keeps so many in flight: an end lets the next one start. It slows down with the system, so its
 * latencies say nothing about a fixed rate of arrivals.
 */
final class ClosedLoop implements Pace {
  private final Semaphore permits;
  private final AtomicLong waited = new AtomicLong();

  ClosedLoop(int inFlight) {
    this.permits = new Semaphore(inFlight);
  }

  @Override
  public long awaitNext() throws InterruptedException {
    if (permits.tryAcquire()) {
      return System.nanoTime();
    }
    long from = System.nanoTime();
    permits.acquire();
    long now = System.nanoTime();
    waited.addAndGet(now - from);
    return now;
  }

  @Override
  public void over() {
    permits.release();
  }

  @Override
  public long waitedNanos() {
    return waited.get();
  }
}
