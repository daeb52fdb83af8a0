package io.skald.participant;

import io.agroal.api.AgroalDataSource;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/** The participants of this process: their tables are made before the first command comes. */
@Singleton
class HostedParticipants {

  private static final Logger LOG = Logger.getLogger(HostedParticipants.class);

  /** Looked up late: the bean that makes a participant may well inject the worker, as it should. */
  private final Instance<ParticipantService> services;

  private final Schemas schemas;
  private final AgroalDataSource dataSource;
  private final FenceStore store;
  private final ParticipantConfig config;
  private final Config channels;
  private final ScheduledExecutorService housekeeping =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("skald-fence-retention").daemon().factory());

  @Inject
  HostedParticipants(
      @Any Instance<ParticipantService> services,
      Schemas schemas,
      AgroalDataSource dataSource,
      FenceStore store,
      ParticipantConfig config,
      Config channels) {
    this.services = services;
    this.schemas = schemas;
    this.dataSource = dataSource;
    this.store = store;
    this.config = config;
    this.channels = channels;
  }

  /** The participant that takes its commands from this topic. */
  Optional<ParticipantService> of(String commandTopic) {
    return services.stream()
        .filter(service -> service.participant().commands().name().equals(commandTopic))
        .findFirst();
  }

  /** Before the channels are connected. */
  void start(@Observes @Priority(1) StartupEvent event) {
    List<ParticipantService> hosted = services.stream().filter(this::isHosted).toList();
    hosted.forEach(service -> FenceMigrations.migrate(dataSource, schemas.of(service)));
    housekeeping.scheduleWithFixedDelay(() -> forgetOld(hosted), 1, 60, TimeUnit.MINUTES);
  }

  void stop(@Observes ShutdownEvent event) {
    housekeeping.shutdownNow();
  }

  private boolean isHosted(ParticipantService service) {
    String enabled = "mp.messaging.incoming." + service.participant().commands() + ".enabled";
    return channels.getOptionalValue(enabled, Boolean.class).orElse(true);
  }

  private void forgetOld(List<ParticipantService> hosted) {
    for (ParticipantService service : hosted) {
      try {
        long forgotten = store.forget(schemas.of(service), Instant.now().minus(config.retention()));
        if (forgotten > 0) {
          LOG.infof("Participant %s: %d old fence rows forgotten", service, forgotten);
        }
      } catch (RuntimeException e) {
        LOG.warnf(
            "Participant %s: old fence rows not forgotten, next try in an hour: %s",
            service, e.getMessage());
      }
    }
  }
}
