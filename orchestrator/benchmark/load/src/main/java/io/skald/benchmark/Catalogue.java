package io.skald.benchmark;

import io.skald.standalone.PostgresNode;
import io.skald.standalone.StandaloneException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.SplittableRandom;

/**
 * Who buys what in the shop. The demo data has one customer with money; were all orders hers, every
 * payment of a batch would change the one row of her account again, and PostgreSQL would have to
 * step over all its former versions each time.
 *
 * @param customers how many there are; 0 for the one of the demo data
 * @param products how many there are; 0 for the one of the demo data
 */
record Catalogue(int customers, int products) {
  static final Catalogue DEMO = new Catalogue(0, 0);
  static final Catalogue LARGE = new Catalogue(10_000, 2_000);

  private static final String CUSTOMER = "USR-BENCH-";
  private static final String PRODUCT = "PROD-BENCH-";
  private static final String MUCH = "1000000";

  private static final String OPEN_ACCOUNTS =
      "insert into payment.account (id, initial, balance)"
          + " select ? || n, %1$s, %1$s from generate_series(0, ?) n on conflict do nothing";

  private static final String FILL_SHELVES =
      "insert into inventory.stock (product_id, initial, on_hand)"
          + " select ? || n, %1$s, %1$s from generate_series(0, ?) n on conflict do nothing";

  /** Opens the accounts and fills the shelves of the shop's database. */
  void stockUp(PostgresNode postgres) {
    try (Connection connection = postgres.connect("shop")) {
      insert(connection, OPEN_ACCOUNTS, CUSTOMER, customers);
      insert(connection, FILL_SHELVES, PRODUCT, products);
    } catch (SQLException e) {
      throw new StandaloneException("Expected to stock up the shop, but: " + e, e);
    }
  }

  String customer(SplittableRandom random) {
    return customers == 0 ? "USR-123" : CUSTOMER + random.nextInt(customers);
  }

  String product(SplittableRandom random) {
    return products == 0 ? "PROD-456" : PRODUCT + random.nextInt(products);
  }

  private static void insert(Connection connection, String sql, String prefix, int count)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql.formatted(MUCH))) {
      statement.setString(1, prefix);
      statement.setInt(2, count - 1);
      statement.executeUpdate();
    }
  }
}
