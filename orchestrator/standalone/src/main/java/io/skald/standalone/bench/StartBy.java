package io.skald.standalone.bench;

/** How a saga is started, and so what stands in its latency. */
public enum StartBy {
  /** {@code POST /api/orders}: the shop stores the order and publishes {@code OrderCreated}. */
  SHOP,

  /** {@code POST /api/v1/sagas/order} at the orchestrator; the shop knows no order of that id. */
  REST,

  /** {@code OrderCreated} on {@code order-events}, published by the bench itself. */
  EVENT
}
