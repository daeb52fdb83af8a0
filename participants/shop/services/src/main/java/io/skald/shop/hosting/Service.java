package io.skald.shop.hosting;

import java.util.List;
import java.util.Locale;

/** What a process can host, and the channels that it then listens to. */
public enum Service {
  ORDER("order-commands", "order-facts"),
  PAYMENT("payment-commands"),
  INVENTORY("inventory-commands", "inventory-facts"),
  SHIPPING("shipping-commands"),
  NOTIFICATION("notification"),
  AUDIT("audit");

  private final List<String> channels;

  Service(String... channels) {
    this.channels = List.of(channels);
  }

  List<String> channels() {
    return channels;
  }

  /** As in the configuration, in topics and in URLs. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
