package io.skald.shop.scenarios;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;

/** An order that is about to be placed: one that will succeed, unless it is said otherwise. */
final class OrderDraft {

  static final String USER = "USR-123";
  static final BigDecimal PRICE = new BigDecimal("99.99");

  private final ObjectNode body = new ObjectMapper().createObjectNode();

  private OrderDraft() {
    body.put("userId", USER).put("totalAmount", PRICE);
    body.putArray("items");
  }

  /** Two of a product of which there are plenty. */
  static OrderDraft anOrder() {
    return anOrderOf("PROD-456", 2);
  }

  static OrderDraft anOrderOf(String product, int quantity) {
    return new OrderDraft().and(product, quantity);
  }

  OrderDraft and(String product, int quantity) {
    body.withArray("items").addObject().put("productId", product).put("quantity", quantity);
    return this;
  }

  OrderDraft by(String user) {
    body.put("userId", user);
    return this;
  }

  OrderDraft to(String country) {
    body.put("country", country);
    return this;
  }

  String json() {
    return body.toString();
  }
}
