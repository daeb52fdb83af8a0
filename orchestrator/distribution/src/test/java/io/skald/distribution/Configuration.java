package io.skald.distribution;

import io.skald.orchestrator.config.SkaldConfig;
import io.smallrye.config.WithDefault;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the orchestrator itself says of its configuration. */
final class Configuration {

  /** What {@code skald.input.lag} is called in {@code /q/metrics}. */
  static final String LAG_METRIC = "skald_input_lag";

  private Configuration() {}

  /** The environment variables that set the keys of a configuration mapping. */
  static Set<String> variables(Class<?> mapping) {
    return variables("SKALD", mapping).collect(Collectors.toSet());
  }

  private static Stream<String> variables(String prefix, Class<?> mapping) {
    return Arrays.stream(mapping.getDeclaredMethods())
        .flatMap(
            key -> {
              String name = prefix + "_" + variable(key.getName());
              return key.getReturnType().isInterface()
                  ? variables(name, key.getReturnType())
                  : Stream.of(name);
            });
  }

  private static String variable(String key) {
    return key.replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT);
  }

  /** How long a process may take until it has ended: its requests, then its lanes. */
  static long secondsToStop() throws ReflectiveOperationException {
    Method drain = SkaldConfig.class.getMethod("lanes").getReturnType().getMethod("drainTimeout");
    return seconds(drain.getAnnotation(WithDefault.class).value())
        + seconds(shipped("quarkus.shutdown.timeout"));
  }

  private static String shipped(String key) {
    Properties properties = new Properties();
    try (InputStream in =
        SkaldConfig.class.getResourceAsStream("/META-INF/microprofile-config.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty(key);
  }

  private static long seconds(String text) {
    return Duration.parse("PT" + text).toSeconds();
  }
}
