package io.skald.benchmark;

import io.skald.standalone.StandaloneException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The words of a command line: switches, and flags with a value. */
final class Flags {
  private static final Set<String> SWITCHES = Set.of("--fresh", "--wide");

  /** The flags that take a value, each with an example of one. */
  private static final Map<String, String> EXAMPLES =
      Map.ofEntries(
          Map.entry("--profile", "happy"),
          Map.entry("--participants", "trivial"),
          Map.entry("--start", "event"),
          Map.entry("--steps", "50"),
          Map.entry("--in-flight", "64"),
          Map.entry("--rate", "500"),
          Map.entry("--sweep", "8,64,512"),
          Map.entry("--rates", "100,500,1000"),
          Map.entry("--seconds", "30"),
          Map.entry("--warm-up", "60"),
          Map.entry("--lone", "100"),
          Map.entry("--orchestrators", "2"),
          Map.entry("--scale-steps", "1,2,4,2,1"),
          Map.entry("--fill", "1000000,100000"),
          Map.entry("--timers", "10000"),
          Map.entry("--timers-rate", "1000"),
          Map.entry("--set", "SKALD_LANES_COUNT=4"),
          Map.entry("--json", "bench.json"),
          Map.entry("--report", "bench.html"),
          Map.entry("--charts", "docs/charts"),
          Map.entry("--state", "/tmp/skald-bench"),
          Map.entry("--orchestrator", "http://localhost:8080"),
          Map.entry("--shop", "http://localhost:8081"),
          Map.entry("--kafka", "localhost:19092"));

  private final Map<String, String> examples;
  private final Map<String, List<String>> values;

  private Flags(Map<String, String> examples, Map<String, List<String>> values) {
    this.examples = examples;
    this.values = values;
  }

  /**
   * Those of {@code ./skald bench}.
   *
   * @throws StandaloneException for a word that is not known, or a flag without its value
   */
  static Flags parse(String[] words) {
    return parse(words, SWITCHES, EXAMPLES);
  }

  /**
   * Those of another command.
   *
   * @param examples the flags that take a value, each with an example of one
   * @throws StandaloneException as {@link #parse(String[])}
   */
  static Flags parse(String[] words, Set<String> switches, Map<String, String> examples) {
    Map<String, List<String>> values = new HashMap<>();
    for (int i = 0; i < words.length; i++) {
      String[] parts = words[i].split("=", 2);
      String value;
      if (switches.contains(words[i])) {
        value = "";
      } else if (!examples.containsKey(parts[0])) {
        throw unknown(words[i], switches, examples);
      } else if (parts.length == 2) {
        value = parts[1];
      } else if (i + 1 < words.length) {
        i++;
        value = words[i];
      } else {
        throw new StandaloneException(
            "Flag '"
                + words[i]
                + "' wants a value, as in "
                + words[i]
                + " "
                + examples.get(words[i]));
      }
      values.computeIfAbsent(parts[0], flag -> new ArrayList<>()).add(value);
    }
    return new Flags(examples, values);
  }

  static String lower(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT);
  }

  boolean has(String flag) {
    return values.containsKey(flag);
  }

  /** The last value; absent when there is none, or it is blank. */
  Optional<String> of(String flag) {
    return Optional.ofNullable(values.get(flag))
        .map(List::getLast)
        .filter(value -> !value.isBlank());
  }

  int number(String flag, int from, int to, int otherwise) {
    return of(flag).map(value -> number(flag, from, to, value)).orElse(otherwise);
  }

  List<Integer> numbers(String flag, int from, int to) {
    return of(flag).stream()
        .flatMap(value -> Arrays.stream(value.split(",")))
        .map(value -> number(flag, from, to, value))
        .toList();
  }

  <E extends Enum<E>> Optional<E> word(String flag, E[] known) {
    return of(flag).map(value -> word(flag, known, value));
  }

  /** Those of a list, in its order; all that are known when none is given. */
  <E extends Enum<E>> List<E> words(String flag, E[] known) {
    return of(flag)
        .map(list -> Arrays.stream(list.split(",")).map(word -> word(flag, known, word)).toList())
        .orElseGet(() -> List.of(known));
  }

  /** Of a flag that may be given many times, each with {@code NAME=VALUE}. */
  Map<String, String> pairs(String flag) {
    Map<String, String> pairs = new HashMap<>();
    for (String value : values.getOrDefault(flag, List.of())) {
      String[] parts = value.split("=", 2);
      if (parts.length < 2) {
        throw wrong(flag, "NAME=VALUE", value);
      }
      pairs.put(parts[0], parts[1]);
    }
    return pairs;
  }

  Optional<Path> path(String flag) {
    return of(flag).map(Path::of).map(Path::toAbsolutePath);
  }

  Optional<URI> address(String flag) {
    Optional<String> value = of(flag);
    if (value.isPresent() && !value.get().matches("https?://[^/\\s]+/?")) {
      throw wrong(flag, "an address such as " + examples.get(flag), value.get());
    }
    return value.map(URI::create);
  }

  String hostAndPort(String flag) {
    String value = of(flag).orElse("");
    if (!value.matches("[^\\s:]+:\\d{1,5}")) {
      throw wrong(flag, "HOST:PORT", value);
    }
    return value;
  }

  private static int number(String flag, int from, int to, String value) {
    if (value.matches("\\d{1,9}")) {
      int number = Integer.parseInt(value);
      if (number >= from && number <= to) {
        return number;
      }
    }
    throw wrong(flag, "a whole number from " + from + " to " + to, value);
  }

  private static <E extends Enum<E>> E word(String flag, E[] known, String value) {
    return Arrays.stream(known)
        .filter(one -> lower(one).equals(value))
        .findFirst()
        .orElseThrow(
            () ->
                wrong(
                    flag,
                    String.join(" or ", Arrays.stream(known).map(Flags::lower).toList()),
                    value));
  }

  private static StandaloneException unknown(
      String word, Set<String> switches, Map<String, String> examples) {
    return new StandaloneException(
        "Unknown flag '"
            + word
            + "'; known are "
            + String.join(
                ", ",
                Stream.concat(switches.stream().sorted(), examples.keySet().stream().sorted())
                    .toList()));
  }

  private static StandaloneException wrong(String flag, String expected, String found) {
    return new StandaloneException(
        "Expected " + expected + " as " + flag + ", but got '" + found + "'");
  }
}
