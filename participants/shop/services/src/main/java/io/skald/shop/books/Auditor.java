package io.skald.shop.books;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/**
 * Draws up the books of all participants in one snapshot, as it stands between two commits. Reads
 * whatever schemas there are in its database: a participant that keeps its books elsewhere is not
 * in the sums.
 */
@Singleton
final class Auditor {

  private final DataSource dataSource;

  Auditor(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  Books books() {
    return QuarkusTransaction.requiringNew().call(this::snapshot);
  }

  private Books snapshot() throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          set transaction isolation level repeatable read, read only;
          set local enable_seqscan = on; -- off for those who look for few rows
          set local enable_hashjoin = on;
          set local enable_mergejoin = on;
          """);
      return new Books(Instant.now(), money(statement), stock(statement), shipping(statement));
    }
  }

  private static Books.Money money(Statement statement) throws SQLException {
    Map<String, Books.Change> accounts = new LinkedHashMap<>();
    if (!exists(statement, "payment.ledger")) {
      return new Books.Money(
          accounts, new Books.LedgerSums(0, BigDecimal.ZERO, BigDecimal.ZERO), List.of());
    }
    accounts.put("customers", customers(statement));
    Books.LedgerSums ledger = ledger(statement);
    accounts.put(
        "revenue", new Books.Change(BigDecimal.ZERO, ledger.paid().subtract(ledger.paidBack())));
    return new Books.Money(accounts, ledger, offLedger(statement));
  }

  private static Books.Change customers(Statement statement) throws SQLException {
    try (ResultSet rows =
        statement.executeQuery(
            "select coalesce(sum(initial), 0), coalesce(sum(balance), 0) from payment.account")) {
      rows.next();
      return new Books.Change(rows.getBigDecimal(1), rows.getBigDecimal(2));
    }
  }

  private static Books.LedgerSums ledger(Statement statement) throws SQLException {
    String sql =
        """
        select count(*),
               coalesce(sum(amount) filter (where credit = 'SHOP'), 0),
               coalesce(sum(amount) filter (where debit = 'SHOP'), 0)
        from payment.ledger
        """;
    try (ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return new Books.LedgerSums(rows.getLong(1), rows.getBigDecimal(2), rows.getBigDecimal(3));
    }
  }

  private static List<String> offLedger(Statement statement) throws SQLException {
    String sql =
        """
        with moved as (
          select account, sum(amount) as amount
          from (select credit as account, amount from payment.ledger
                union all
                select debit, -amount from payment.ledger) entry
          group by account)
        select a.id from payment.account a left join moved m on m.account = a.id
        where a.balance <> a.initial + coalesce(m.amount, 0)
        order by a.id limit 20
        """;
    List<String> off = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        off.add(rows.getString(1));
      }
    }
    return off;
  }

  private static Books.Stock stock(Statement statement) throws SQLException {
    String sql =
        """
        select s.product_id, s.initial, s.on_hand, coalesce(r.reserved, 0), coalesce(r.shipped, 0)
        from inventory.stock s left join (
          select product_id,
                 sum(quantity) filter (where state = 'RESERVED') as reserved,
                 sum(quantity) filter (where state = 'SHIPPED') as shipped
          from inventory.reservation group by product_id) r on r.product_id = s.product_id
        order by s.product_id
        """;
    Map<String, Books.Product> products = new LinkedHashMap<>();
    if (exists(statement, "inventory.reservation")) {
      try (ResultSet rows = statement.executeQuery(sql)) {
        while (rows.next()) {
          products.put(
              rows.getString(1),
              new Books.Product(
                  rows.getLong(2), rows.getLong(3), rows.getLong(4), rows.getLong(5)));
        }
      }
    }
    return new Books.Stock(products);
  }

  private static Books.Shipping shipping(Statement statement) throws SQLException {
    String sql =
        """
        select c.id, c.initial, c.capacity, count(s.id)
        from shipping.carrier c left join shipping.shipment s on s.carrier = c.id
        group by c.id order by c.priority
        """;
    Map<String, Books.Carrier> carriers = new LinkedHashMap<>();
    if (exists(statement, "shipping.shipment")) {
      try (ResultSet rows = statement.executeQuery(sql)) {
        while (rows.next()) {
          carriers.put(
              rows.getString(1),
              new Books.Carrier(rows.getLong(2), rows.getLong(3), rows.getLong(4)));
        }
      }
    }
    return new Books.Shipping(carriers);
  }

  private static boolean exists(Statement statement, String table) throws SQLException {
    try (ResultSet rows =
        statement.executeQuery("select to_regclass('" + table + "') is not null")) {
      return rows.next() && rows.getBoolean(1);
    }
  }
}
