package io.skald.orchestrator;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** The Kafka configuration that Quarkus gathers from {@code kafka.*}, as plain clients want it. */
final class KafkaClients {

  private static final Set<String> CLIENT_KEYS = AdminClientConfig.configNames();

  private KafkaClients() {}

  /** Leaves what every client understands: addresses, security, time-outs. */
  static Map<String, Object> withoutQuarkusOnlyKeys(Map<String, Object> gathered) {
    Map<String, Object> common = new HashMap<>();
    gathered.forEach(
        (key, value) -> {
          if (CLIENT_KEYS.contains(key) || key.startsWith("sasl.") || key.startsWith("ssl.")) {
            common.put(key, value);
          }
        });
    common.putIfAbsent(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, "localhost:9092");
    return common;
  }
}
