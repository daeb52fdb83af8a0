package io.skald.shop.order;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/**
 * How far an order has come.
 *
 * <p>A pure function of the facts that are known, so it makes no difference in which order they
 * became known: of two facts the one that is further along counts, and the first fact that ends an
 * order ends it for good.
 */
enum OrderStatus {
  PENDING,
  PAYMENT_OK,
  RESERVED,
  SCHEDULED,
  COMPLETED,
  CANCELLED;

  static OrderStatus of(Collection<Fact> facts) {
    return facts.stream()
        .filter(fact -> fact.kind().status().filter(OrderStatus::isTerminal).isPresent())
        .min(Comparator.comparing(Fact::at))
        .flatMap(fact -> fact.kind().status())
        .orElseGet(() -> furthest(facts));
  }

  boolean isTerminal() {
    return this == COMPLETED || this == CANCELLED;
  }

  private static OrderStatus furthest(Collection<Fact> facts) {
    return facts.stream()
        .map(fact -> fact.kind().status())
        .flatMap(Optional::stream)
        .max(Comparator.naturalOrder())
        .orElse(PENDING);
  }
}
