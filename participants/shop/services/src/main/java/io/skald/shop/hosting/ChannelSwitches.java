package io.skald.shop.hosting;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.PropertiesConfigSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Turns {@code shop.participants} into what Reactive Messaging understands: switches off the
 * channels of the services that are hosted elsewhere.
 */
public final class ChannelSwitches implements ConfigSourceFactory {

  private static final int ABOVE_ENVIRONMENT = 350;

  @Override
  public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
    String hosted = context.getValue("shop.participants").getValue();
    Map<String, String> switches = hosted == null ? Map.of() : off(hosted);
    return List.of(new PropertiesConfigSource(switches, "shop.participants", ABOVE_ENVIRONMENT));
  }

  static Map<String, String> off(String hosted) {
    Set<String> names = new HashSet<>();
    for (String name : hosted.split(",", -1)) {
      names.add(name.strip().toLowerCase(Locale.ROOT));
    }
    Map<String, String> switches = new HashMap<>();
    for (Service service : Service.values()) {
      if (!names.contains(service.wireName())) {
        for (String channel : service.channels()) {
          switches.put("mp.messaging.incoming." + channel + ".enabled", "false");
        }
      }
    }
    return switches;
  }
}
