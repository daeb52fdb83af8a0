package io.skald.orchestrator;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.skald.orchestrator.config.SkaldConfig;
import io.skald.orchestrator.journal.Housekeeping;
import io.skald.orchestrator.journal.Housekeeping.Sweep;
import io.skald.orchestrator.lane.Journal.JournalException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * Looks every minute for what should have moved, without trusting the lanes that should have moved
 * it (law L8), and keeps the journal's partitions ahead of the calendar.
 */
@ApplicationScoped
public class Sweeper {

  private static final Logger LOG = Logger.getLogger(Sweeper.class);
  private static final Duration OVERDUE_AFTER = Duration.ofMinutes(1);

  private final Housekeeping housekeeping;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> Thread.ofPlatform().daemon().name("skald-sweeper").unstarted(task));
  private volatile Sweep last = new Sweep(0, 0, 0);

  public Sweeper(DataSource dataSource, MeterRegistry metrics) {
    this.housekeeping = new Housekeeping(dataSource);
    metrics.gauge("skald.sagas.overdue", this, sweeper -> sweeper.last.overdue());
    metrics.gauge("skald.sagas.parked", this, sweeper -> sweeper.last.parked());
    metrics.gauge("skald.journal.unpublished", this, sweeper -> sweeper.last.unpublished());
  }

  void onStart(@Observes StartupEvent event, SkaldConfig config) {
    if (config.enabled()) {
      var unused = clock.scheduleWithFixedDelay(this::sweep, 5, 60, TimeUnit.SECONDS);
    }
  }

  void onStop(@Observes ShutdownEvent event) {
    clock.shutdownNow();
  }

  /** What the last look found. */
  public Sweep last() {
    return last;
  }

  private void sweep() {
    try {
      last = housekeeping.sweep(OVERDUE_AFTER);
      housekeeping.makePartitions();
      if (last.overdue() > 0) {
        LOG.warnf(
            "%d sagas should have moved more than %s ago; see metric skald_sagas_overdue and the"
                + " health of all orchestrators",
            last.overdue(), OVERDUE_AFTER);
      }
    } catch (JournalException databaseIsAway) {
      LOG.warnf("Could not look for what should have moved: %s", databaseIsAway.getMessage());
    }
  }
}
