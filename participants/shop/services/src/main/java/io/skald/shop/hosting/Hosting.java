package io.skald.shop.hosting;

import jakarta.inject.Singleton;
import java.util.Set;

/** Which services this process hosts. */
@Singleton
public final class Hosting {

  private final Set<Service> hosted;

  Hosting(ShopConfig config) {
    this.hosted = Set.copyOf(config.participants());
  }

  public boolean hosts(Service service) {
    return hosted.contains(service);
  }
}
