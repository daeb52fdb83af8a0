package io.skald.benchmark;

/** How a saga is started, and so what stands in its latency. */
public enum StartBy {
  /** {@code POST /api/orders}: the shop stores the order and publishes {@code OrderCreated}. */
  SHOP,

  /** {@code POST /api/v1/sagas/<definition>} at an orchestrator. */
  REST,

  /** {@code OrderCreated} on the topic that starts sagas, published by the bench itself. */
  EVENT
}
