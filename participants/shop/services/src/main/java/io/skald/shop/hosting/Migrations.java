package io.skald.shop.hosting;

import io.quarkus.runtime.StartupEvent;
import io.skald.participant.ListedMigrations;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.List;
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
  private static final Map<Service, Schema> SCHEMAS =
      Map.of(
          Service.ORDER, new Schema("orders", "V1__orders.sql"),
          Service.PAYMENT, new Schema("payment", "V1__accounts_and_ledger.sql"),
          Service.INVENTORY,
              new Schema("inventory", "V1__stock_and_reservations.sql", "V2__room_for_shipped.sql"),
          Service.SHIPPING, new Schema("shipping", "V1__carriers_and_shipments.sql"));

  private final DataSource dataSource;
  private final Hosting hosting;

  Migrations(DataSource dataSource, Hosting hosting) {
    this.dataSource = dataSource;
    this.hosting = hosting;
  }

  /** The scripts in {@code db/<participant>}, by participant. */
  static Map<Service, List<String>> scripts() {
    Map<Service, List<String>> scripts = new EnumMap<>(Service.class);
    SCHEMAS.forEach((service, schema) -> scripts.put(service, schema.files()));
    return scripts;
  }

  void migrate(@Observes @Priority(BEFORE_MESSAGING) StartupEvent start) {
    for (Service service : Service.values()) {
      Schema schema = SCHEMAS.get(service);
      if (schema != null && hosting.hosts(service)) {
        migrate(schema, "db/" + service.wireName());
      }
    }
  }

  private void migrate(Schema schema, String folder) {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    new ListedMigrations(loader, folder, schema.files())
        .in(Flyway.configure(loader))
        .dataSource(dataSource)
        .connectRetries(CONNECT_RETRIES)
        .schemas(schema.name())
        .table("shop_schema_history")
        // The SDK's fence is in this schema already.
        .baselineOnMigrate(true)
        .baselineVersion("0")
        .load()
        .migrate();
  }

  /** A participant's schema, and what is in {@code db/<participant>} to make it. */
  private record Schema(String name, List<String> files) {

    Schema(String name, String... files) {
      this(name, List.of(files));
    }
  }
}
