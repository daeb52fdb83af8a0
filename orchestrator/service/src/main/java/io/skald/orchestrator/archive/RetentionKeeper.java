package io.skald.orchestrator.archive;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.skald.orchestrator.archive.Partition.Family;
import io.skald.orchestrator.config.SkaldConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/** Runs the retention now and then, as the configuration says. */
@ApplicationScoped
public class RetentionKeeper {

  private static final Logger LOG = Logger.getLogger(RetentionKeeper.class);

  private final SkaldConfig config;
  private final DataSource dataSource;
  private final InstantSource clock = InstantSource.system();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> Thread.ofPlatform().daemon().name("skald-retention").unstarted(task));

  public RetentionKeeper(SkaldConfig config, DataSource dataSource) {
    this.config = config;
    this.dataSource = dataSource;
  }

  void onStart(@Observes StartupEvent event) {
    Map<Family, Duration> keep = keep(config.retention());
    if (keep.isEmpty() || !config.enabled()) {
      return;
    }
    Retention retention = new Retention(dataSource, keep, store(config.archive()));
    var unused =
        timer.scheduleWithFixedDelay(
            () -> run(retention), 60, config.retention().every().toSeconds(), TimeUnit.SECONDS);
  }

  void onStop(@Observes ShutdownEvent event) {
    timer.shutdownNow();
  }

  private void run(Retention retention) {
    try {
      retention.run(clock.instant());
    } catch (SQLException | IOException | RuntimeException failed) {
      LOG.warnf(
          failed, "Expected to let go of what is kept long enough; the next look tries again");
    }
  }

  private static Map<Family, Duration> keep(SkaldConfig.Retention config) {
    Map<Family, Duration> keep = new EnumMap<>(Family.class);
    config.journal().ifPresent(duration -> keep.put(Family.JOURNAL, duration));
    config.ended().ifPresent(duration -> keep.put(Family.SAGA_ENDED, duration));
    return keep;
  }

  /**
   * @throws IllegalStateException when days would be dropped of which there is no copy, and nobody
   *     has said that this is meant; or when there are two archives
   */
  static Optional<ArchiveStore> store(SkaldConfig.Archive config) {
    Optional<ArchiveStore> directory = config.directory().map(Path::of).map(DirectoryStore::new);
    Optional<ArchiveStore> bucket = Bucket.of(config.s3()).map(S3Store::new);
    if (directory.isPresent() && bucket.isPresent()) {
      throw new IllegalStateException(
          "Expected one archive, but skald.archive.directory and skald.archive.s3.bucket are both"
              + " set; take one away");
    }
    Optional<ArchiveStore> store = directory.or(() -> bucket);
    if (store.isEmpty() && !config.none()) {
      throw new IllegalStateException(
          "Expected an archive, as skald.retention lets go of days; set skald.archive.directory or"
              + " skald.archive.s3.bucket, or skald.archive.none=true to drop them without a copy");
    }
    return store;
  }
}
