package io.skald.shop.payment;

import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Moves money between customers and the shop, inside the transaction of who calls.
 *
 * <p>Each movement is one statement that changes one balance and writes one ledger row: no read
 * before write, so nothing can slip in between, and one account's row is locked at a time. The
 * shop's own account has no balance to update, or every payment would wait for that row; it is the
 * ledger's sum.
 */
@Singleton
final class Ledger {

  private final DataSource dataSource;

  Ledger(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** Returns whether the customer could pay; if not, nothing has changed. */
  boolean pay(String paymentId, String orderId, String userId, BigDecimal amount)
      throws SQLException {
    String sql =
        """
        with paid as (
          update payment.account set balance = balance - ? where id = ? and balance >= ? returning id)
        insert into payment.ledger (payment_id, order_id, debit, credit, amount)
        select ?, ?, id, 'SHOP', ? from paid
        """;
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setBigDecimal(1, amount);
      statement.setString(2, userId);
      statement.setBigDecimal(3, amount);
      statement.setString(4, paymentId);
      statement.setString(5, orderId);
      statement.setBigDecimal(6, amount);
      return statement.executeUpdate() == 1;
    }
  }

  void payBack(String paymentId, String orderId, String userId, BigDecimal amount)
      throws SQLException {
    String sql =
        """
        with paid_back as (
          update payment.account set balance = balance + ? where id = ? returning id)
        insert into payment.ledger (payment_id, order_id, debit, credit, amount)
        select ?, ?, 'SHOP', id, ? from paid_back
        """;
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setBigDecimal(1, amount);
      statement.setString(2, userId);
      statement.setString(3, paymentId);
      statement.setString(4, orderId);
      statement.setBigDecimal(5, amount);
      if (statement.executeUpdate() != 1) {
        throw new IllegalStateException(
            "Expected account '" + userId + "', which paid " + paymentId + ", but it is gone");
      }
    }
  }

  boolean hasAccount(String userId) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement =
            connection.prepareStatement("select 1 from payment.account where id = ?")) {
      statement.setString(1, userId);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next();
      }
    }
  }
}
