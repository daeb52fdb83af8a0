package io.skald.chaos.audit;

import io.skald.chaos.stack.ChaosStack;
import io.skald.chaos.stack.Host;
import io.skald.checker.Snapshot;
import io.skald.standalone.PostgresNode;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Counts money, goods and capacity again and again while orders come and faults happen, each in one
 * snapshot of its participant's database. Nothing that Skald does may change a sum.
 */
public final class Bookkeeper implements AutoCloseable {

  private static final Duration INTERVAL = Duration.ofSeconds(5);
  private static final String QUICKLY = "?connectTimeout=2&socketTimeout=10";

  /**
   * One statement sees one snapshot. Each gives the sum and the least of what single places have.
   */
  private static final Map<Host, String> SUMS =
      Map.of(
          Host.PAYMENT,
          """
          select (select sum(balance) from payment.account)
               + (select coalesce(sum(case when credit = 'SHOP' then amount else -amount end), 0)
                  from payment.ledger),
                 (select min(balance) from payment.account)
          """,
          Host.INVENTORY,
          """
          select (select sum(on_hand) from inventory.stock)
               + (select coalesce(sum(quantity), 0) from inventory.reservation
                  where state <> 'RELEASED'),
                 (select min(on_hand) from inventory.stock)
          """,
          Host.SHIPPING,
          """
          select (select sum(capacity) from shipping.carrier)
               + (select count(*) from shipping.shipment),
                 (select min(capacity) from shipping.carrier)
          """);

  private static final Map<Host, String> QUANTITIES =
      Map.of(Host.PAYMENT, "money", Host.INVENTORY, "goods", Host.SHIPPING, "capacity");

  private final PostgresNode postgres;
  private final Collection<Snapshot> snapshots = new ConcurrentLinkedQueue<>();
  private final CountDownLatch ended = new CountDownLatch(1);

  public Bookkeeper(ChaosStack stack) {
    this.postgres = stack.postgres();
    Thread.ofPlatform().name("bookkeeper").start(this::run);
  }

  public List<Snapshot> snapshots() {
    return List.copyOf(snapshots);
  }

  @Override
  public void close() {
    ended.countDown();
  }

  private void run() {
    try {
      do {
        SUMS.keySet().forEach(this::count);
      } while (!ended.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void count(Host host) {
    try (Connection connection =
            DriverManager.getConnection(
                postgres.jdbcUrl(host.database()) + QUICKLY,
                postgres.username(),
                postgres.password());
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(SUMS.getOrDefault(host, ""))) {
      row.next();
      snapshots.add(
          new Snapshot(
              QUANTITIES.getOrDefault(host, ""),
              Instant.now(),
              row.getBigDecimal(1),
              row.getBigDecimal(2)));
    } catch (SQLException away) {
      // A fault has its turn with the server; the next look will tell as much.
    }
  }
}
