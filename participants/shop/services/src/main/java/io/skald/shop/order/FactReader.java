package io.skald.shop.order;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.skald.saga.message.WireHeaders;
import io.skald.shop.events.ShopEvent;
import io.skald.shop.messages.Shop;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what an event says about an order; most events say nothing. */
final class FactReader {

  private static final Pattern ORDER_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final int LONGEST_DETAIL = 500;

  private final ObjectMapper json;

  FactReader(ObjectMapper json) {
    this.json = json;
  }

  Optional<Orders.OrderFact> read(ShopEvent event) {
    String orderId = event.subject();
    if (!ORDER_ID.matcher(orderId).matches()) {
      return Optional.empty();
    }
    return fact(event).map(fact -> new Orders.OrderFact(orderId, fact));
  }

  private Optional<Fact> fact(ShopEvent event) {
    if (event.source().topic().equals("saga-events")) {
      boolean ours = event.header(WireHeaders.DEFINITION).equals(Optional.of(Shop.ORDER_SAGA));
      return ours ? lifecycle(event) : Optional.empty();
    }
    if (event.rejected()) {
      return fact(event, Fact.Kind.REFUSED, refusal(event));
    }
    return event.succeeded() ? reply(event) : Optional.empty();
  }

  private static Optional<Fact> reply(ShopEvent event) {
    return switch (event.type()) {
      case "PaymentProcessed" -> fact(event, Fact.Kind.PAYMENT_OK, null);
      case "InventoryReserved" -> fact(event, Fact.Kind.RESERVED, null);
      case "ShippingScheduled" -> fact(event, Fact.Kind.SCHEDULED, null);
      case "InventoryReleased" -> fact(event, Fact.Kind.STOCK_RELEASED, null);
      case "PaymentRefunded", "PaymentVoided" -> fact(event, Fact.Kind.PAYMENT_REFUNDED, null);
      default -> Optional.empty();
    };
  }

  private Optional<Fact> lifecycle(ShopEvent event) {
    return switch (event.type()) {
      case "SagaCompleted" -> fact(event, Fact.Kind.COMPLETED, null);
      case "SagaCompensating" -> fact(event, Fact.Kind.TURNED_BACK, cause(event));
      case "SagaCompensated", "SagaAborted" -> fact(event, Fact.Kind.CANCELLED, cause(event));
      case "SagaParked" -> fact(event, Fact.Kind.PARKED, cause(event));
      default -> Optional.empty();
    };
  }

  private static String refusal(ShopEvent event) {
    return event.header(WireHeaders.STEP).orElse("a step")
        + " refused: "
        + event.header(WireHeaders.ERROR_CODE).orElse("no code")
        + event.header(WireHeaders.ERROR_MESSAGE).map(text -> ", " + text).orElse("");
  }

  /** Why a saga turned back, or why it stopped. */
  private @Nullable String cause(ShopEvent event) {
    try {
      JsonNode payload = json.readTree(event.source().value());
      String reason = payload.path("reason").asText(null);
      return payload.path("cause").asText(reason);
    } catch (IOException | IllegalArgumentException unreadable) {
      return null;
    }
  }

  private static Optional<Fact> fact(ShopEvent event, Fact.Kind kind, @Nullable String detail) {
    return Optional.of(new Fact(kind, event.time(), detail == null ? null : storable(detail)));
  }

  /** PostgreSQL has no text with a NUL in it. */
  private static String storable(String text) {
    String clean = text.replace("\0", "");
    return clean.length() <= LONGEST_DETAIL ? clean : clean.substring(0, LONGEST_DETAIL);
  }
}
