package io.skald.chaos.load;

import java.util.SplittableRandom;

/**
 * Makes orders: most complete; some are refused by shipping, by payment or by inventory, so that
 * nothing, one or two steps are undone; some are cancelled on the way. What a seed draws it draws
 * again. For one thread.
 */
final class OrderMix {

  private static final String PLENTY = "PROD-456";

  private final SplittableRandom random;
  private final String prefix;
  private long made;

  OrderMix(long seed) {
    this.random = new SplittableRandom(seed);
    this.prefix = "CHAOS-" + Long.toHexString(seed) + "-";
  }

  Order next() {
    made++;
    int kind = random.nextInt(100);
    String json = json(kind);
    Order.Way way =
        switch (random.nextInt(10)) {
          case 0, 1, 2, 3 -> Order.Way.EVENT;
          case 4, 5, 6 -> Order.Way.ORCHESTRATOR;
          default -> Order.Way.SHOP;
        };
    return new Order(prefix + made, json, way, kind >= 94);
  }

  private String json(int kind) {
    String cents = "0.0" + random.nextInt(1, 10);
    if (kind < 15) {
      return json("USR-123", PLENTY, cents, "AQ");
    }
    if (kind < 22) {
      return json("USR-POOR", PLENTY, "5.00", "DE");
    }
    if (kind < 30) {
      return json("USR-123", "PROD-NONE", cents, "DE");
    }
    return json("USR-123", PLENTY, cents, "DE");
  }

  private static String json(String user, String product, String amount, String country) {
    return "\"userId\":\""
        + user
        + "\",\"items\":[{\"productId\":\""
        + product
        + "\",\"quantity\":1}],\"totalAmount\":"
        + amount
        + ",\"country\":\""
        + country
        + "\"";
  }
}
