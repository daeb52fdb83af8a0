package io.skald.shop.scenarios;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** How long to wait for what must come: long, for a slow machine is no failure. */
final class Patience {

  static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration INTERVAL = Duration.ofMillis(100);

  private Patience() {}

  static ConditionFactory await() {
    return Awaitility.await().pollInSameThread().pollInterval(INTERVAL).atMost(LIMIT);
  }
}
