package io.skald.standalone;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code up} and {@code down} were asked for: flags first, then the environment, then
 * defaults.
 *
 * @param stateDir {@code --state} or {@code SKALD_STATE}
 * @param fresh whether to begin with empty data
 * @param packaging {@link Packaging#NATIVE} with {@code --native}, else jars with what makes them
 *     start sooner
 * @param ports {@code --orchestrator-port} or {@code SKALD_ORCHESTRATOR_PORT}, and so on
 */
record UpArguments(Path stateDir, boolean fresh, Packaging packaging, StackOptions.Ports ports) {

  private static final String STATE = "--state";
  private static final String FRESH = "--fresh";
  private static final String NATIVE = "--native";
  private static final List<String> WITH_VALUE =
      List.of(STATE, "--orchestrator-port", "--shop-port", "--kafka-port", "--postgres-port");

  /**
   * Reads a command line.
   *
   * @throws StandaloneException that says which word is wrong, and what is possible
   */
  static UpArguments parse(String[] words, Map<String, String> environment, Path defaultState) {
    Map<String, String> values = new HashMap<>();
    boolean fresh = false;
    Packaging packaging = Packaging.AOT;
    for (int i = 0; i < words.length; i++) {
      String flag = words[i].contains("=") ? words[i].split("=", 2)[0] : words[i];
      if (words[i].equals(FRESH)) {
        fresh = true;
      } else if (words[i].equals(NATIVE)) {
        packaging = Packaging.NATIVE;
      } else if (!WITH_VALUE.contains(flag)) {
        throw new StandaloneException(
            "Unknown flag '"
                + words[i]
                + "'; known are "
                + FRESH
                + ", "
                + NATIVE
                + ", "
                + String.join(", ", WITH_VALUE));
      } else if (!flag.equals(words[i])) {
        values.put(flag, words[i].split("=", 2)[1]);
      } else if (i + 1 < words.length) {
        i++;
        values.put(flag, words[i]);
      } else {
        throw new StandaloneException("Flag '" + flag + "' wants a value, as in " + example(flag));
      }
    }
    Values read = new Values(values, environment);
    StackOptions.Ports defaults = StackOptions.Ports.DOCUMENTED;
    return new UpArguments(
        read.of(STATE).map(Path::of).orElse(defaultState).toAbsolutePath().normalize(),
        fresh,
        packaging,
        distinct(
            new StackOptions.Ports(
                read.port("--orchestrator-port", defaults.orchestrator()),
                read.port("--shop-port", defaults.shop()),
                read.port("--kafka-port", defaults.kafka()),
                read.port("--postgres-port", defaults.postgres()))));
  }

  /** Else one service would answer for another's health. */
  private static StackOptions.Ports distinct(StackOptions.Ports ports) {
    Set<Integer> taken = new HashSet<>();
    for (int port : List.of(ports.orchestrator(), ports.shop(), ports.kafka(), ports.postgres())) {
      if (port != 0 && !taken.add(port)) {
        throw new StandaloneException(
            "Expected a port of its own for each service, but two have "
                + port
                + "; change one of "
                + String.join(", ", WITH_VALUE.subList(1, WITH_VALUE.size())));
      }
    }
    return ports;
  }

  private static String example(String flag) {
    return flag.equals(STATE) ? STATE + " /tmp/skald" : flag + " 18080";
  }

  private record Values(Map<String, String> flags, Map<String, String> environment) {

    Optional<String> of(String flag) {
      return Optional.ofNullable(flags.get(flag))
          .or(() -> Optional.ofNullable(environment.get(variable(flag))))
          .filter(value -> !value.isBlank());
    }

    int port(String flag, int otherwise) {
      Optional<String> value = of(flag);
      if (value.isEmpty()) {
        return otherwise;
      }
      if (value.get().matches("\\d{1,5}") && Integer.parseInt(value.get()) <= 65_535) {
        return Integer.parseInt(value.get());
      }
      throw new StandaloneException(
          "Expected a port from 0 (any free one) to 65535 as "
              + flag
              + " or "
              + variable(flag)
              + ", but got '"
              + value.get()
              + "'");
    }

    private static String variable(String flag) {
      return "SKALD_" + flag.substring(2).replace('-', '_').toUpperCase(Locale.ROOT);
    }
  }
}
