package io.skald.standalone;

import java.nio.file.Path;
import java.util.Map;

/** Where what can be made again is kept for the user who runs this JVM. */
final class UserCache {
  private UserCache() {}

  static Path directory() {
    return directory(System.getenv(), System.getProperty("user.home"));
  }

  /**
   * {@code XDG_CACHE_HOME} wins: the system's idea of a home may be a directory that is not there.
   */
  static Path directory(Map<String, String> environment, String home) {
    String cache = environment.getOrDefault("XDG_CACHE_HOME", "");
    return (cache.isBlank() ? Path.of(home, ".cache") : Path.of(cache)).resolve("skald");
  }
}
