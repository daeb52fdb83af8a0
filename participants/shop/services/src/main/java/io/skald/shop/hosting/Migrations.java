package io.skald.shop.hosting;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * Gives each hosted participant its own schema, with its own history, so that they could move to
 * databases of their own. Runs before the first command is taken.
 */
@Singleton
final class Migrations {

  private static final int BEFORE_MESSAGING = 100;
  private static final int CONNECT_RETRIES = 30;

  /** {@code order} is a reserved word, so its schema has another name. */
  private static final Map<Service, String> SCHEMAS =
      Map.of(
          Service.ORDER, "orders",
          Service.PAYMENT, "payment",
          Service.INVENTORY, "inventory",
          Service.SHIPPING, "shipping");

  private final DataSource dataSource;
  private final Hosting hosting;

  Migrations(DataSource dataSource, Hosting hosting) {
    this.dataSource = dataSource;
    this.hosting = hosting;
  }

  void migrate(@Observes @Priority(BEFORE_MESSAGING) StartupEvent start) {
    for (Service service : Service.values()) {
      String schema = SCHEMAS.get(service);
      if (schema != null && hosting.hosts(service)) {
        migrate(schema, "db/" + service.wireName());
      }
    }
  }

  private void migrate(String schema, String location) {
    Flyway.configure()
        .dataSource(dataSource)
        .connectRetries(CONNECT_RETRIES)
        .schemas(schema)
        .table("shop_schema_history")
        // The SDK's fence is in this schema already.
        .baselineOnMigrate(true)
        .baselineVersion("0")
        .locations(location)
        .load()
        .migrate();
  }
}
