package io.skald.orchestrator;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** The Kafka configuration that Quarkus gathers from {@code kafka.*}, as plain clients want it. */
final class KafkaClients {

  private static final Set<String> CLIENT_KEYS = AdminClientConfig.configNames();

  private static final int SIZED_BY_THE_SYSTEM = -1;

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
    // Kafka's own 64 KB are less than two segments of the loopback: the system drops what does not
    // fit, and it comes again after 200 ms. Left alone, the system sizes its buffers as needed.
    common.putIfAbsent(CommonClientConfigs.RECEIVE_BUFFER_CONFIG, SIZED_BY_THE_SYSTEM);
    common.putIfAbsent(CommonClientConfigs.SEND_BUFFER_CONFIG, SIZED_BY_THE_SYSTEM);
    return common;
  }
}
