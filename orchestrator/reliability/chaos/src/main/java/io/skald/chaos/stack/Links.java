package io.skald.chaos.stack;

import io.skald.chaos.proxy.FaultProxy;
import io.skald.standalone.FreePorts;
import io.skald.standalone.KafkaOptions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A proxy between each process and each of its two servers. Kafka tells its clients where to
 * connect, so every process has a listener of the broker for itself, which advertises the proxy.
 */
public final class Links implements AutoCloseable {

  private final int postgresPort;
  private final Map<Host, FaultProxy> postgres = new EnumMap<>(Host.class);
  private final Map<Host, FaultProxy> kafka = new EnumMap<>(Host.class);
  private final List<KafkaOptions.Listener> listeners = new ArrayList<>();

  Links() {
    postgresPort = FreePorts.next();
    for (Host host : Host.values()) {
      int brokerPort = FreePorts.next();
      FaultProxy proxy = FaultProxy.to(host.processName() + " to kafka", brokerPort);
      kafka.put(host, proxy);
      listeners.add(new KafkaOptions.Listener(host.name(), brokerPort, proxy.port()));
      postgres.put(host, FaultProxy.to(host.processName() + " to postgres", postgresPort));
    }
  }

  public FaultProxy of(Host host, Server server) {
    return Objects.requireNonNull(
        switch (server) {
          case KAFKA -> kafka.get(host);
          case POSTGRES -> postgres.get(host);
        });
  }

  /** Where PostgreSQL is to listen. */
  int postgresPort() {
    return postgresPort;
  }

  /** How Kafka is to listen, for the proxies. */
  List<KafkaOptions.Listener> kafkaListeners() {
    return List.copyOf(listeners);
  }

  /** The addresses of a process, all of them the proxies'. */
  Map<String, String> environment(Host host) {
    return Map.of(
        "KAFKA_BOOTSTRAP_SERVERS",
        "127.0.0.1:" + of(host, Server.KAFKA).port(),
        "QUARKUS_DATASOURCE_JDBC_URL",
        "jdbc:postgresql://127.0.0.1:" + of(host, Server.POSTGRES).port() + "/" + host.database());
  }

  void heal() {
    all().forEach(FaultProxy::heal);
  }

  @Override
  public void close() {
    all().forEach(FaultProxy::close);
  }

  private Collection<FaultProxy> all() {
    List<FaultProxy> all = new ArrayList<>(kafka.values());
    all.addAll(postgres.values());
    return all;
  }
}
