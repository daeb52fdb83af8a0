package io.skald.shop.inventory;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/**
 * Moves goods between shelf, reservations and the world outside.
 *
 * <p>Only {@code on_hand} is counted in a product's row, which all its orders share; what is
 * reserved and what is shipped is the sum of the reservations.
 */
@Singleton
final class Stock {

  private final DataSource dataSource;

  Stock(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** Returns whether there was enough; if not, nothing has changed. */
  boolean reserve(String reservation, String orderId, String product, long quantity)
      throws SQLException {
    String sql =
        """
        with taken as (
          update inventory.stock set on_hand = on_hand - ?
          where product_id = ? and on_hand >= ? returning product_id)
        insert into inventory.reservation (reservation_id, order_id, product_id, quantity)
        select ?, ?, product_id, ? from taken
        """;
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, quantity);
      statement.setString(2, product);
      statement.setLong(3, quantity);
      statement.setString(4, reservation);
      statement.setString(5, orderId);
      statement.setLong(6, quantity);
      return statement.executeUpdate() == 1;
    }
  }

  void release(String reservation) throws SQLException {
    String sql =
        """
        with released as (
          update inventory.reservation set state = 'RELEASED'
          where reservation_id = ? and state = 'RESERVED' returning product_id, quantity)
        update inventory.stock s set on_hand = on_hand + r.quantity
        from released r where s.product_id = r.product_id
        """;
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, reservation);
      statement.executeUpdate();
    }
  }

  void shipped(List<String> reservations) throws SQLException {
    String sql =
        """
        update inventory.reservation set state = 'SHIPPED'
        where reservation_id = any (?) and state = 'RESERVED'
        """;
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setArray(1, connection.createArrayOf("text", reservations.toArray()));
      statement.executeUpdate();
    }
  }
}
