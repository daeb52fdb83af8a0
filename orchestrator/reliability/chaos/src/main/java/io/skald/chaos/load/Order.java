package io.skald.chaos.load;

import io.skald.saga.message.SagaId;

/**
 * An order, and what its client does about it.
 *
 * @param key the client's own; also the order's id where the client chooses it
 * @param json all of the order but its id
 * @param way how it is placed
 * @param cancelled whether the client thinks better of it at once
 */
record Order(String key, String json, Way way, boolean cancelled) {

  static final String DEFINITION = "order";

  /** How an order can be placed. */
  enum Way {
    /** The event that starts a saga, written to its topic by the client. */
    EVENT,
    /** A call to an orchestrator. */
    ORCHESTRATOR,
    /** A call to the shop, which makes the event of it. */
    SHOP
  }

  String jsonWithId() {
    return "{\"orderId\":\"" + key + "\"," + json + "}";
  }

  String jsonWithoutId() {
    return "{" + json + "}";
  }

  /** The saga's, where the client chooses the order's id. */
  SagaId saga() {
    return SagaId.forKey(DEFINITION, key);
  }
}
