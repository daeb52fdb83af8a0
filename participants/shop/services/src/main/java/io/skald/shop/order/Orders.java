package io.skald.shop.order;

import io.skald.shop.messages.OrderCreated;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The orders taken, and what is known of each. Every method is one statement and so atomic. */
@Singleton
final class Orders {

  private final DataSource dataSource;

  Orders(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** An order as it was taken. */
  record Taken(OrderCreated order, Instant at) {}

  /** A fact and the order that it is about. */
  record OrderFact(String orderId, Fact fact) {}

  /** Returns whether the order is new; it is not when an earlier one has its idempotency key. */
  boolean add(OrderCreated order, @Nullable String idempotencyKey) throws SQLException {
    String sql =
        """
        insert into orders.purchase (id, event, idempotency_key) values (?, ?, ?)
        on conflict (idempotency_key) do nothing
        """;
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, order.orderId());
      statement.setString(2, OrderJson.write(order));
      statement.setString(3, idempotencyKey);
      return statement.executeUpdate() == 1;
    }
  }

  Optional<Taken> byId(String orderId) throws SQLException {
    return one("select event, created_at from orders.purchase where id = ?", orderId);
  }

  Optional<Taken> byIdempotencyKey(String key) throws SQLException {
    return one("select event, created_at from orders.purchase where idempotency_key = ?", key);
  }

  private Optional<Taken> one(String sql, String key) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, key);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next()
            ? Optional.of(new Taken(OrderJson.event(rows.getString(1)), instant(rows, 2)))
            : Optional.empty();
      }
    }
  }

  /** Orders that Kafka has not acknowledged though they are older than {@code age}. */
  List<OrderCreated> unpublished(Duration age, int limit) throws SQLException {
    String sql =
        """
        select event from orders.purchase
        where not published and created_at < now() - make_interval(secs => ?)
        order by created_at limit ?
        """;
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setDouble(1, age.toMillis() / 1000.0);
      statement.setInt(2, limit);
      List<OrderCreated> found = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(OrderJson.event(rows.getString(1)));
        }
      }
      return found;
    }
  }

  void published(Collection<String> orderIds) throws SQLException {
    String sql = "update orders.purchase set published = true where id = any (?)";
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setArray(1, connection.createArrayOf("text", orderIds.toArray()));
      statement.executeUpdate();
    }
  }

  /** Learns facts; those that are known, and those about orders taken elsewhere, change nothing. */
  void learn(List<OrderFact> facts) throws SQLException {
    String sql =
        """
        insert into orders.fact (order_id, name, at, detail)
        select f.order_id, f.name, f.at::timestamptz, f.detail
        from unnest(?::text[], ?::text[], ?::text[], ?::text[]) as f (order_id, name, at, detail)
        join orders.purchase o on o.id = f.order_id
        order by f.order_id, f.name -- two processes that learn the same do not deadlock
        on conflict do nothing
        """;
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      Object[][] columns = new Object[4][facts.size()];
      for (int i = 0; i < facts.size(); i++) {
        OrderFact known = facts.get(i);
        columns[0][i] = known.orderId();
        columns[1][i] = known.fact().kind().name();
        columns[2][i] = known.fact().at().toString();
        columns[3][i] = known.fact().detail();
      }
      for (int i = 0; i < columns.length; i++) {
        statement.setArray(i + 1, connection.createArrayOf("text", columns[i]));
      }
      statement.executeUpdate();
    }
  }

  List<Fact> facts(String orderId) throws SQLException {
    String sql = "select name, at, detail from orders.fact where order_id = ?";
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, orderId);
      List<Fact> facts = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          facts.add(
              new Fact(Fact.Kind.valueOf(rows.getString(1)), instant(rows, 2), rows.getString(3)));
        }
      }
      return facts;
    }
  }

  private static Instant instant(ResultSet rows, int column) throws SQLException {
    return rows.getObject(column, OffsetDateTime.class).toInstant();
  }
}
