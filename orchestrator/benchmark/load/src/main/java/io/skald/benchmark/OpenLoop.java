package io.skald.benchmark;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Arrivals on a fixed schedule, whether the system keeps up or not. Latency counts from the
 * scheduled time, so a stall is felt by every arrival that falls into it (no coordinated omission).
 */
final class OpenLoop implements Pace {

  /** So many may be under way before the generator waits; the schedule goes on meanwhile. */
  private static final int MOST = 200_000;

  private final Semaphore permits = new Semaphore(MOST);
  private final double intervalNanos;
  private final AtomicLong waited = new AtomicLong();
  private final long begin;
  private long arrivals;

  /**
   * @param perSecond how many arrive
   * @param begin {@link System#nanoTime} of the first
   */
  OpenLoop(double perSecond, long begin) {
    this.intervalNanos = TimeUnit.SECONDS.toNanos(1) / perSecond;
    this.begin = begin;
  }

  @Override
  public long awaitNext() throws InterruptedException {
    permits.acquire();
    long due = begin + Math.round(arrivals * intervalNanos);
    arrivals++;
    long from = System.nanoTime();
    long now = from;
    while (now < due) {
      LockSupport.parkNanos(due - now);
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      now = System.nanoTime();
    }
    waited.addAndGet(now - from);
    return due;
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
