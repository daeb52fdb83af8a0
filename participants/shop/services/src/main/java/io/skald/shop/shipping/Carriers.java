package io.skald.shop.shipping;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;

/** The carriers, which take shipments until they are full, the preferred one first. */
@Singleton
final class Carriers {

  private final DataSource dataSource;

  Carriers(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** Returns the carrier that took it; empty when all are full, or none delivers there. */
  Optional<String> take(String trackingId, String orderId, String country) throws SQLException {
    String sql =
        """
        with chosen as (
          update shipping.carrier set capacity = capacity - 1
          where capacity > 0
            and id = (select id from shipping.carrier where capacity > 0 order by priority limit 1)
            and not exists (select 1 from shipping.undeliverable where country = upper(?))
          returning id)
        insert into shipping.shipment (tracking_id, order_id, carrier, country)
        select ?, ?, id, ? from chosen returning carrier
        """;
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, country);
      statement.setString(2, trackingId);
      statement.setString(3, orderId);
      statement.setString(4, country);
      while (true) {
        try (ResultSet rows = statement.executeQuery()) {
          if (rows.next()) {
            return Optional.of(rows.getString(1));
          }
        }
        if (!deliverTo(country) || !anyCapacity(connection)) {
          return Optional.empty();
        }
        // Another process took the last place of the carrier that was chosen: choose again.
      }
    }
  }

  boolean deliverTo(String country) throws SQLException {
    String sql = "select 1 from shipping.undeliverable where country = upper(?)";
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, country);
      try (ResultSet rows = statement.executeQuery()) {
        return !rows.next();
      }
    }
  }

  private static boolean anyCapacity(Connection connection) throws SQLException {
    String sql = "select 1 from shipping.carrier where capacity > 0 limit 1";
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet rows = statement.executeQuery()) {
      return rows.next();
    }
  }
}
