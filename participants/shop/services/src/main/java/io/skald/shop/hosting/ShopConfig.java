package io.skald.shop.hosting;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Set;

/** Settings of the shop as a whole. */
@ConfigMapping(prefix = "shop")
public interface ShopConfig {

  /** Which services this process hosts; the channels of all others are off. */
  @WithDefault("order,payment,inventory,shipping,notification,audit")
  Set<Service> participants();

  /** Where the orchestrator's API is, for the links in answers. */
  @WithDefault("http://localhost:8080")
  URI orchestratorUrl();

  /** Orders. */
  OrderConfig order();

  /** Orders. */
  interface OrderConfig {

    /** How often orders that Kafka has not acknowledged are looked for. */
    @WithDefault("1S")
    Duration relayInterval();

    /** How old such an order is before it is published again. */
    @WithDefault("5S")
    Duration relayAfter();
  }
}
