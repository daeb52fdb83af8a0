package io.skald.chaos.audit;

import io.skald.chaos.stack.ChaosStack;
import io.skald.chaos.stack.Host;
import io.skald.checker.real.Database;
import io.skald.checker.real.Installation;
import io.skald.standalone.PostgresNode;
import java.util.HashMap;
import java.util.Map;

/** Tells the checker where everything is, past all proxies. */
final class Places {

  private static final String ORDER = "order";

  /** {@code order} is a reserved word, so its schema has another name. */
  private static final String ORDER_SCHEMA = "orders";

  private Places() {}

  static Installation of(ChaosStack stack) {
    return of(stack, "");
  }

  /** For those who look while faults are made, and would rather not look than wait. */
  static Installation forImpatient(ChaosStack stack) {
    return of(stack, "?connectTimeout=2&socketTimeout=10");
  }

  private static Installation of(ChaosStack stack, String parameters) {
    Map<String, Database> participants = new HashMap<>();
    stack
        .participants()
        .forEach(
            (name, host) -> {
              Database database = database(stack.postgres(), host, parameters);
              participants.put(
                  name, name.equals(ORDER) ? database.withSchema(ORDER_SCHEMA) : database);
            });
    return new Installation(
        database(stack.postgres(), Host.ORCHESTRATOR, parameters),
        stack.bootstrapServers(),
        participants);
  }

  private static Database database(PostgresNode postgres, Host host, String parameters) {
    return new Database(
        postgres.jdbcUrl(host.database()) + parameters, postgres.username(), postgres.password());
  }
}
