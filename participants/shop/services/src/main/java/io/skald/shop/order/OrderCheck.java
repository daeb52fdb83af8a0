package io.skald.shop.order;

import io.skald.shop.messages.Amounts;
import io.skald.shop.messages.OrderCreated;
import io.skald.shop.messages.OrderItem;
import io.skald.shop.web.Problem;
import io.skald.shop.web.Problem.FieldError;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns a request into an order, or says all that is wrong with it at once. */
final class OrderCheck {

  static final int MAX_ITEMS = 100;
  static final String DEFAULT_COUNTRY = "DE";

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

  private final List<FieldError> errors = new ArrayList<>();

  private OrderCheck() {}

  /**
   * The order under this id.
   *
   * @throws jakarta.ws.rs.WebApplicationException with a problem that names every bad field
   */
  static OrderCreated checked(String orderId, OrderRequest request) {
    OrderCheck check = new OrderCheck();
    String userId = check.id("userId", request.userId());
    List<OrderItem> items = check.items(request.items());
    BigDecimal amount = check.amount(request.totalAmount());
    String country = check.country(request.country());
    if (!check.errors.isEmpty()) {
      throw Problem.badRequest("The order can't be taken as it is", check.errors).exception();
    }
    return new OrderCreated(orderId, userId, items, amount, country);
  }

  private String id(String field, @Nullable String value) {
    if (value == null || value.isBlank()) {
      return wrong(field, "is required", "");
    }
    if (!ID.matcher(value).matches()) {
      return wrong(field, "must be letters, digits, '.', '_' and '-', at most 64 long", "");
    }
    return value;
  }

  private List<OrderItem> items(@Nullable List<OrderRequest.@Nullable Item> items) {
    if (items == null || items.isEmpty()) {
      return wrong("items", "must name at least one product", List.of());
    }
    if (items.size() > MAX_ITEMS) {
      return wrong(
          "items", "must be at most " + MAX_ITEMS + ", but are " + items.size(), List.of());
    }
    List<OrderItem> checked = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      String field = "items[" + i + "]";
      OrderRequest.Item item = items.get(i);
      if (item == null) {
        wrong(field, "must be an object with productId and quantity", "");
        continue;
      }
      String productId = id(field + ".productId", item.productId());
      int quantity = quantity(field + ".quantity", item.quantity());
      if (errors.isEmpty()) {
        checked.add(new OrderItem(productId, quantity));
      }
    }
    return checked;
  }

  private int quantity(String field, @Nullable Integer quantity) {
    if (quantity == null) {
      return wrong(field, "is required", 1);
    }
    if (quantity < 1 || quantity > OrderItem.MAX_QUANTITY) {
      return wrong(
          field, "must be from 1 to " + OrderItem.MAX_QUANTITY + ", but is " + quantity, 1);
    }
    return quantity;
  }

  private BigDecimal amount(@Nullable BigDecimal amount) {
    String field = "totalAmount";
    if (amount == null) {
      return wrong(field, "is required", BigDecimal.ONE);
    }
    if (amount.signum() <= 0) {
      return wrong(field, "must be above 0", BigDecimal.ONE);
    }
    if (amount.compareTo(Amounts.MAX) > 0) {
      return wrong(field, "must be at most " + Amounts.MAX, BigDecimal.ONE);
    }
    if (!Amounts.isWholeCents(amount)) {
      return wrong(field, "must have at most two decimals", BigDecimal.ONE);
    }
    return amount;
  }

  private String country(@Nullable String country) {
    if (country == null) {
      return DEFAULT_COUNTRY;
    }
    return COUNTRIES.contains(country)
        ? country
        : wrong("country", "must be an ISO 3166 code of two capital letters, such as DE", "");
  }

  private <T> T wrong(String field, String message, T instead) {
    errors.add(new FieldError(field, message));
    return instead;
  }
}
