package io.skald.shop.order;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.skald.shop.messages.OrderCreated;
import io.skald.shop.messages.OrderItem;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An order as {@code GET /api/orders/{id}} shows it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record OrderView(
    String orderId,
    OrderStatus status,
    @Nullable String reason,
    String userId,
    List<OrderItem> items,
    BigDecimal totalAmount,
    String country,
    String saga,
    List<Event> history) {

  /** One line of an order's history. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Event(Instant at, Fact.Kind event, @Nullable String detail) {}

  static OrderView of(OrderCreated order, Instant createdAt, List<Fact> known, String saga) {
    List<Fact> facts = new ArrayList<>(known);
    facts.add(new Fact(Fact.Kind.CREATED, createdAt, null));
    facts.sort(Comparator.comparing(Fact::at).thenComparing(Fact::kind));
    OrderStatus status = OrderStatus.of(facts);
    return new OrderView(
        order.orderId(),
        status,
        status == OrderStatus.CANCELLED ? reason(facts) : null,
        order.userId(),
        order.items(),
        order.totalAmount(),
        order.country(),
        saga,
        facts.stream().map(fact -> new Event(fact.at(), fact.kind(), fact.detail())).toList());
  }

  /** A refusal tells a customer more than that the saga turned back because of one. */
  private static String reason(List<Fact> facts) {
    return detail(facts, Fact.Kind.REFUSED)
        .or(() -> detail(facts, Fact.Kind.TURNED_BACK))
        .or(() -> detail(facts, Fact.Kind.CANCELLED))
        .orElse("unknown");
  }

  private static Optional<String> detail(List<Fact> facts, Fact.Kind kind) {
    return facts.stream()
        .filter(fact -> fact.kind() == kind)
        .findFirst()
        .flatMap(fact -> Optional.ofNullable(fact.detail()));
  }
}
