package io.skald.orchestrator.rest;

import io.quarkus.test.junit.QuarkusTestProfile;
import io.skald.orchestrator.testing.Everything;
import io.skald.saga.SagaDefinition;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Set;

/**
 * The REST API over a real database, with the order saga, and the engine's ear played by a fake.
 */
public final class RestProfile implements QuarkusTestProfile {

  @Override
  public Set<Class<?>> getEnabledAlternatives() {
    return Set.of(FakeRequests.class, OrderDefinition.class);
  }

  @Override
  public Map<String, String> getConfigOverrides() {
    return Map.of("skald.requests.max-wait", "20s", "skald.lanes.count", "1");
  }

  /** The sagas of the tests as beans. */
  @Alternative
  @Singleton
  public static class OrderDefinition {

    @Produces
    @Singleton
    SagaDefinition<Orders.Order> order() {
      return Orders.ORDER;
    }

    @Produces
    @Singleton
    SagaDefinition<Orders.Order> delivery() {
      return Orders.DELIVERY;
    }

    @Produces
    @Singleton
    SagaDefinition<Everything.Order> everything() {
      return Everything.DEFINITION;
    }
  }
}
