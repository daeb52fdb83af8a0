package io.skald.benchmark;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Remembers the last that it was shown, so that what Kafka brings twice counts once. When shards
 * change hands their new owner sends again what may not have left; that comes within seconds. Used
 * by one thread.
 */
final class Recent {
  private static final int KEPT = 100_000;

  private final Map<String, Boolean> seen =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
          return size() > KEPT;
        }
      };

  /** Whether this was not among the last that were shown. */
  boolean isNew(String id) {
    return seen.put(id, true) == null;
  }
}
