package io.skald.shop.orchestrator;

import io.skald.saga.SagaDefinition;
import io.skald.shop.messages.OrderCreated;
import io.skald.shop.messages.OrderItem;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** The order saga and an order for it. */
final class Orders {

  static final List<OrderItem> ITEMS = List.of(new OrderItem("PROD-456", 2));
  static final OrderCreated CREATED =
      new OrderCreated("ORD-1", "USR-123", ITEMS, new BigDecimal("99.9"), "DE");

  private Orders() {}

  static SagaDefinition<Order> saga() {
    return sagaWith(Map.of());
  }

  static SagaDefinition<Order> sagaWith(Map<String, String> settings) {
    SagaConfig config =
        new SmallRyeConfigBuilder()
            .withMapping(SagaConfig.class)
            .withSources(new PropertiesConfigSource(settings, "test", 500))
            .build()
            .getConfigMapping(SagaConfig.class);
    return new OrderSaga().order(config);
  }
}
