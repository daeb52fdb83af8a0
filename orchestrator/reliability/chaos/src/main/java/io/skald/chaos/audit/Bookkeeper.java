package io.skald.chaos.audit;

import io.skald.chaos.stack.ChaosStack;
import io.skald.checker.Snapshot;
import io.skald.checker.real.Installation;
import io.skald.checker.real.LiveHistory;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Counts money, goods and capacity again and again while orders come and faults happen. Nothing
 * that Skald does may change a sum.
 */
public final class Bookkeeper implements AutoCloseable {

  private static final Duration INTERVAL = Duration.ofSeconds(5);

  private final Installation installation;
  private final Collection<Snapshot> snapshots = new ConcurrentLinkedQueue<>();
  private final CountDownLatch ended = new CountDownLatch(1);

  public Bookkeeper(ChaosStack stack) {
    this.installation = Places.forImpatient(stack);
    Thread.ofPlatform().name("bookkeeper").start(this::run);
  }

  public List<Snapshot> snapshots() {
    return List.copyOf(snapshots);
  }

  @Override
  public void close() {
    ended.countDown();
  }

  private void run() {
    try {
      do {
        count();
      } while (!ended.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void count() {
    try {
      snapshots.addAll(LiveHistory.snapshots(installation));
    } catch (SQLException away) {
      // A fault has its turn with the server; the next look will tell as much.
    }
  }
}
