package io.skald.shop.order;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One thing that is known to have happened to an order. */
record Fact(Kind kind, Instant at, @Nullable String detail) {

  /** What can happen, in the order in which it does. */
  enum Kind {
    CREATED(OrderStatus.PENDING),
    PAYMENT_OK(OrderStatus.PAYMENT_OK),
    RESERVED(OrderStatus.RESERVED),
    SCHEDULED(OrderStatus.SCHEDULED),
    COMPLETED(OrderStatus.COMPLETED),
    REFUSED(null),
    PARKED(null),
    TURNED_BACK(null),
    STOCK_RELEASED(null),
    PAYMENT_REFUNDED(null),
    CANCELLED(OrderStatus.CANCELLED);

    private final @Nullable OrderStatus status;

    Kind(@Nullable OrderStatus status) {
      this.status = status;
    }

    /** The status it brings an order to; empty when it is just worth telling. */
    Optional<OrderStatus> status() {
      return Optional.ofNullable(status);
    }
  }
}
