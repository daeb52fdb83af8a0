package io.skald.shop;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.skald.standalone.quarkus.EmbeddedStack;
import java.util.HashMap;
import java.util.Map;

/** Kafka without a single topic, an empty database, and a shop that is impatient with both. */
public final class RealStack implements QuarkusTestResourceLifecycleManager {

  private final EmbeddedStack stack = new EmbeddedStack();

  @Override
  public Map<String, String> start() {
    Map<String, String> configuration = new HashMap<>(stack.start());
    configuration.put("kafka.metadata.max.age.ms", "500");
    configuration.put("shop.order.relay-interval", "1s");
    configuration.put("shop.order.relay-after", "PT1S");
    configuration.put("shop.orchestrator-url", "http://orchestrator.test:8080");
    return configuration;
  }

  @Override
  public void stop() {
    stack.stop();
  }
}
