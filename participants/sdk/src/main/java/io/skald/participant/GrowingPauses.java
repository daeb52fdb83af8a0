package io.skald.participant;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Tries again, with growing pauses, what the database or Kafka could not do; until it is done. */
@Singleton
final class GrowingPauses implements Patience {

  private static final Logger LOG = Logger.getLogger(GrowingPauses.class);

  private final Duration minDelay;
  private final Duration maxDelay;
  private final CountDownLatch shutdown = new CountDownLatch(1);

  @Inject
  GrowingPauses(ParticipantConfig config) {
    this(config.retry().minDelay(), config.retry().maxDelay());
  }

  GrowingPauses(Duration minDelay, Duration maxDelay) {
    this.minDelay = minDelay;
    this.maxDelay = maxDelay;
  }

  void stop(@Observes ShutdownEvent event) {
    shutdown.countDown();
  }

  @Override
  public <T> T insist(String what, Supplier<T> work) {
    for (int attempt = 1; ; attempt++) {
      try {
        return work.get();
      } catch (RetryBatchException e) {
        if (shutdown.getCount() == 0 || Thread.currentThread().isInterrupted()) {
          throw new IllegalStateException(what + ": not done before the shutdown", e);
        }
        Duration pause =
            delay(minDelay, maxDelay, attempt, ThreadLocalRandom.current().nextDouble());
        LOG.warnf(
            "%s: try %d went wrong, next in %d ms; nothing is lost: %s",
            what, attempt, pause.toMillis(), e.getMessage());
        pause(what, pause, e);
      }
    }
  }

  private void pause(String what, Duration pause, RetryBatchException cause) {
    try {
      if (!shutdown.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new IllegalStateException(what + ": not done before the shutdown", cause);
  }

  /** Doubles from try to try up to the longest, less up to a half by chance. */
  static Duration delay(Duration min, Duration max, int attempt, double random) {
    double full = Math.min(max.toMillis(), min.toMillis() * Math.pow(2, Math.min(attempt - 1, 30)));
    return Duration.ofMillis(Math.round(full * (1 - random / 2)));
  }
}
