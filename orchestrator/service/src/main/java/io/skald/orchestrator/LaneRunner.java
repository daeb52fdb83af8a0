package io.skald.orchestrator;

import io.skald.orchestrator.lane.Lane;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Gives a lane its thread. */
final class LaneRunner {

  private final Lane lane;
  private final Thread thread;
  private volatile boolean stopped;

  LaneRunner(Lane lane) {
    this.lane = lane;
    this.thread = Thread.ofPlatform().name("skald-" + lane.name()).unstarted(this::run);
  }

  Lane lane() {
    return lane;
  }

  boolean isAlive() {
    return thread.isAlive();
  }

  void start() {
    thread.start();
  }

  /** Asks the lane to end after its turn; it lets its shards go itself. */
  void stop() {
    stopped = true;
    lane.wakeUp();
  }

  void join(Duration atMost) throws InterruptedException {
    thread.join(atMost);
  }

  private void run() {
    while (!stopped) {
      Duration pause = lane.turn();
      if (pause.isPositive()) {
        LockSupport.parkNanos(pause.toNanos());
      }
    }
    lane.close();
  }
}
