package io.skald.orchestrator;

import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** Asks Kafka whether it is there. */
@ApplicationScoped
public class KafkaProbe {

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Admin admin;

  public KafkaProbe(@Identifier("default-kafka-broker") Map<String, Object> kafka) {
    Map<String, Object> configuration = new HashMap<>(KafkaClients.withoutQuarkusOnlyKeys(kafka));
    configuration.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
    configuration.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
    this.admin = Admin.create(configuration);
  }

  boolean answers() {
    try {
      return admin.describeCluster().nodes().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).size()
          > 0;
    } catch (ExecutionException | TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @PreDestroy
  void close() {
    admin.close(Duration.ZERO);
  }
}
