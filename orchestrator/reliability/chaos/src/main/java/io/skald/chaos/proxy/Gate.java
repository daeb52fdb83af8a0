package io.skald.chaos.proxy;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What all bytes of a link pass: it holds them up as the link's fault says. Thread-safe. */
final class Gate {

  private static final long SECOND = 1_000_000_000L;

  private final Pause pause;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private volatile LinkFault fault = new LinkFault.None();

  Gate(Pause pause) {
    this.pause = pause;
  }

  LinkFault fault() {
    return fault;
  }

  void set(LinkFault newFault) {
    lock.lock();
    try {
      fault = newFault;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Returns when so many bytes may go on. */
  void pass(int bytes) throws InterruptedException {
    switch (fault) {
      case LinkFault.Delay(Duration by) -> pause.of(by);
      case LinkFault.Bandwidth(int bytesPerSecond) ->
          pause.of(Duration.ofNanos(bytes * SECOND / bytesPerSecond));
      case LinkFault.BlackHole hole -> awaitNoBlackHole();
      case LinkFault.None none -> {}
      case LinkFault.HalfOpen half -> {}
      case LinkFault.Reset reset -> {}
    }
    // It may have become one while this thread waited.
    awaitNoBlackHole();
  }

  void awaitNoBlackHole() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (fault instanceof LinkFault.BlackHole) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }
}
