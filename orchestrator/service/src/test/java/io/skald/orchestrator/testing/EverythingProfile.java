package io.skald.orchestrator.testing;

import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.skald.saga.SagaDefinition;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Map;

/**
 * An orchestrator and its participants in one application, with the saga of everything, and one of
 * which a step is a saga.
 */
public final class EverythingProfile implements QuarkusTestProfile {

  @Override
  public String getConfigProfile() {
    return EverythingParticipants.PROFILE;
  }

  @Override
  public Map<String, String> getConfigOverrides() {
    return Map.of(
        "skald.shards.count", "4",
        "skald.lanes.count", "1",
        // The participants are there before their topics are.
        "kafka.metadata.max.age.ms", "1000");
  }

  /** The sagas as beans. */
  @Singleton
  @IfBuildProfile(EverythingParticipants.PROFILE)
  public static class DefinitionBean {

    @Produces
    @Singleton
    SagaDefinition<Everything.Order> everything() {
      return Everything.DEFINITION;
    }

    @Produces
    @Singleton
    SagaDefinition<Everything.Order> alone() {
      return Everything.ALONE;
    }

    @Produces
    @Singleton
    SagaDefinition<SubSagas.Outing> outing() {
      return SubSagas.OUTING;
    }

    @Produces
    @Singleton
    SagaDefinition<Everything.Order> inLine() {
      return Everything.IN_LINE;
    }

    @Produces
    @Singleton
    SagaDefinition<SubSagas.Dinner> dinner() {
      return SubSagas.DINNER;
    }
  }
}
