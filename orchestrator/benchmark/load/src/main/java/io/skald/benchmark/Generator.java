package io.skald.benchmark;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** One thread that starts sagas as a pace wants them, and waits for no answer. */
final class Generator implements AutoCloseable {
  static final String NAME = "bench-generator";

  /** Before the next one takes the place of a start that failed. */
  private static final Executor AFTER_FAILURE =
      CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS);

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Orders orders;
  private final Starter starter;
  private final Flights flights;
  private final Pace pace;
  private final long most;
  private final Thread thread;
  private volatile boolean stopped;

  private Generator(Orders orders, Starter starter, Flights flights, Pace pace, long most) {
    this.orders = orders;
    this.starter = starter;
    this.flights = flights;
    this.pace = pace;
    this.most = most;
    this.thread = Thread.ofPlatform().daemon().name(NAME).unstarted(this::run);
  }

  /**
   * Starts sagas until it is closed, or so many are started.
   *
   * @param orders used by this generator alone while it runs
   */
  static Generator start(Orders orders, Starter starter, Flights flights, Pace pace, long most) {
    Generator generator = new Generator(orders, starter, flights, pace, most);
    generator.thread.start();
    return generator;
  }

  /** Waits until it has started the last one of its number. */
  void join() throws InterruptedException {
    thread.join();
  }

  /** No more are started when this returns; those under way go on. */
  @Override
  public void close() {
    stopped = true;
    try {
      if (!thread.join(PATIENCE)) {
        thread.interrupt();
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      for (long count = 0; count < most; count++) {
        long at = pace.awaitNext();
        if (stopped) {
          return;
        }
        Order order = orders.next();
        starter.start(order, new Start(flights.begin(order.expectedEnding(), at, pace)));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private final class Start implements Starter.Begun {
    private final Flight flight;

    Start(Flight flight) {
      this.flight = flight;
    }

    @Override
    public void named(String id) {
      flights.named(flight, id);
    }

    @Override
    public void failed(String why) {
      AFTER_FAILURE.execute(() -> flights.failed(flight, why));
    }
  }
}
