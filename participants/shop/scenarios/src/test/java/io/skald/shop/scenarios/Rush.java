package io.skald.shop.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Many orders at once, one in ten of which will have to be taken back. */
final class Rush {

  private static final int SLOWNESS_MILLIS = 25;
  private static final int ONE_IN = 10;
  private static final String COMPLETED =
      "COMPLETED; COMPLETED; USR-123 -> SHOP 99.99; 2 PROD-456 SHIPPED; NORDPOST to DE";
  private static final String CANCELLED =
      "COMPENSATED; CANCELLED; USR-123 -> SHOP 99.99, SHOP -> USR-123 99.99;"
          + " 2 PROD-456 RELEASED; no parcel";

  private final Shop shop;
  private final List<PlacedOrder> orders;

  private Rush(Shop shop, List<PlacedOrder> orders) {
    this.shop = shop;
    this.orders = orders;
  }

  /** At a shop that takes its time. */
  static Rush of(Shop shop, int size) {
    shop.slow("inventory", SLOWNESS_MILLIS);
    return atFullSpeed(shop, size);
  }

  static Rush atFullSpeed(Shop shop, int size) {
    return new Rush(
        shop, shop.place(size, i -> OrderDraft.anOrder().to(isToBeRefused(i) ? "AQ" : "DE")));
  }

  private static boolean isToBeRefused(int i) {
    return i % ONE_IN == ONE_IN - 1;
  }

  /** The first sagas have started. Looks often, for it will not be long. */
  void awaitTheFirst() {
    Patience.await().pollInterval(Duration.ofMillis(5)).until(() -> started() > 0);
  }

  /** Every saga has started. */
  void awaitAllStarted() {
    Patience.await().until(() -> started() == orders.size());
  }

  /** Some have ended, and most have not. */
  void awaitTheMiddle() {
    Patience.await().until(() -> ended() >= orders.size() / 10);
  }

  void assertIsInTheMiddle() {
    assertThat(ended()).as("orders that have ended").isLessThan(orders.size() * 3L / 4);
  }

  /** Each order has ended as it should, and each effect is there as often as it should be. */
  void assertEndedWell() {
    Patience.await().until(() -> ended() == orders.size());
    Patience.await().untilAsserted(() -> assertThat(stories(false)).containsOnly(COMPLETED));
    Patience.await().untilAsserted(() -> assertThat(stories(true)).containsOnly(CANCELLED));
  }

  /** In one line for each order: how its saga, it itself, its money, goods and parcels ended. */
  private List<String> stories(boolean refused) {
    Map<String, String> sagas =
        byOrder(shop.engine(), "select saga_key, status from sagas where saga_key = any (?)");
    Map<String, String> ledger =
        byOrder(
            shop.participants(),
            """
            select order_id, string_agg(debit || ' -> ' || credit || ' ' || amount, ', ' order by id)
            from payment.ledger where order_id = any (?) group by order_id
            """);
    Map<String, String> reservations =
        byOrder(
            shop.participants(),
            """
            select order_id, string_agg(quantity || ' ' || product_id || ' ' || state, ', ')
            from inventory.reservation where order_id = any (?) group by order_id
            """);
    Map<String, String> shipments =
        byOrder(
            shop.participants(),
            """
            select order_id, string_agg(carrier || ' to ' || country, ', ')
            from shipping.shipment where order_id = any (?) group by order_id
            """);
    return IntStream.range(0, orders.size())
        .filter(i -> isToBeRefused(i) == refused)
        .mapToObj(orders::get)
        .map(
            order ->
                String.join(
                    "; ",
                    sagas.getOrDefault(order.id(), "no saga"),
                    order.status(),
                    ledger.getOrDefault(order.id(), "no money"),
                    reservations.getOrDefault(order.id(), "no goods"),
                    shipments.getOrDefault(order.id(), "no parcel")))
        .toList();
  }

  private Map<String, String> byOrder(Database database, String sql) {
    Map<String, String> lines = new HashMap<>();
    database.query(sql, row -> lines.put(row.getString(1), row.getString(2)), (Object) ids());
    return lines;
  }

  private String[] ids() {
    return keys().toArray(String[]::new);
  }

  /** The keys of its sagas. */
  List<String> keys() {
    return orders.stream().map(PlacedOrder::id).toList();
  }

  private long started() {
    String sql = "select count(*) from sagas where saga_key = any (?)";
    return shop.engine().number(sql, (Object) ids());
  }

  private long ended() {
    return shop.engine()
        .number(
            """
            select count(*) from sagas
            where saga_key = any (?) and status in ('COMPLETED', 'COMPENSATED')
            """,
            (Object) ids());
  }
}
