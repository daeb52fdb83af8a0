package io.skald.orchestrator;

import io.skald.orchestrator.lane.Lane;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.util.stream.Collectors;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Whether this orchestrator can take work. PostgreSQL has a check of Quarkus' own beside these. */
@ApplicationScoped
public class Health {

  private final Orchestrator orchestrator;
  private final Sweeper sweeper;
  private final KafkaProbe kafka;

  public Health(Orchestrator orchestrator, Sweeper sweeper, KafkaProbe kafka) {
    this.orchestrator = orchestrator;
    this.sweeper = sweeper;
    this.kafka = kafka;
  }

  @Produces
  @Readiness
  @ApplicationScoped
  HealthCheck lanes() {
    return () -> {
      HealthCheckResponseBuilder response =
          HealthCheckResponse.named("lanes").status(orchestrator.isWell());
      for (Lane lane : orchestrator.lanes()) {
        response.withData(
            lane.name(),
            lane.shards().stream().sorted().map(String::valueOf).collect(Collectors.joining(",")));
      }
      return response
          .withData("parkedSagas", sweeper.last().parked())
          .withData("overdueSagas", sweeper.last().overdue())
          .build();
    };
  }

  @Produces
  @Readiness
  @ApplicationScoped
  HealthCheck kafka() {
    return () -> HealthCheckResponse.named("kafka").status(kafka.answers()).build();
  }
}
