package io.skald.standalone.bench;

import io.skald.standalone.StandaloneException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What {@code ./skald bench} was asked for.
 *
 * @param inFlight how many sagas are kept in flight
 * @param measured how long the measured part of the load lasts
 * @param warmUp how long the same load runs before that
 * @param lone how many sagas to run one at a time afterwards; 0 for none
 * @param profile which way they go
 * @param start how they are started
 * @param json where to write the result
 * @param state the directory of a stack of its own
 * @param fresh whether that begins with empty data
 * @param running the stack to put load on instead
 */
public record BenchArguments(
    int inFlight,
    Duration measured,
    Duration warmUp,
    int lone,
    Profile profile,
    StartBy start,
    Optional<Path> json,
    Path state,
    boolean fresh,
    Optional<Running> running) {

  private static final int MAX_IN_FLIGHT = 20_000;
  private static final int MAX_SECONDS = 86_400;
  private static final int MAX_LONE = 1_000_000;

  private static final String FRESH = "--fresh";
  private static final List<String> ADDRESSES = List.of("--orchestrator", "--shop", "--kafka");

  /** The flags that take a value, each with an example of one. */
  private static final Map<String, String> EXAMPLES =
      Map.ofEntries(
          Map.entry("--in-flight", "64"),
          Map.entry("--seconds", "20"),
          Map.entry("--warm-up", "10"),
          Map.entry("--lone", "100"),
          Map.entry("--profile", "happy"),
          Map.entry("--start", "shop"),
          Map.entry("--json", "bench.json"),
          Map.entry("--state", "/tmp/skald-bench"),
          Map.entry("--orchestrator", "http://localhost:8080"),
          Map.entry("--shop", "http://localhost:8081"),
          Map.entry("--kafka", "localhost:19092"));

  /** Addresses of a stack that somebody else has started. */
  public record Running(URI orchestrator, URI shop, String kafka) {}

  /**
   * Reads a command line.
   *
   * @throws StandaloneException that says which word is wrong, and what is possible
   */
  public static BenchArguments parse(String[] words, Path defaultState) {
    Map<String, String> values = new HashMap<>();
    boolean fresh = false;
    for (int i = 0; i < words.length; i++) {
      String[] parts = words[i].split("=", 2);
      if (words[i].equals(FRESH)) {
        fresh = true;
      } else if (!EXAMPLES.containsKey(parts[0])) {
        throw new StandaloneException(
            "Unknown flag '"
                + words[i]
                + "'; known are "
                + FRESH
                + ", "
                + String.join(", ", EXAMPLES.keySet().stream().sorted().toList()));
      } else if (parts.length == 2) {
        values.put(parts[0], parts[1]);
      } else if (i + 1 < words.length) {
        i++;
        values.put(parts[0], words[i]);
      } else {
        throw new StandaloneException(
            "Flag '"
                + words[i]
                + "' wants a value, as in "
                + words[i]
                + " "
                + EXAMPLES.get(words[i]));
      }
    }
    Values read = new Values(values);
    Optional<Running> running = read.running();
    if (fresh && running.isPresent()) {
      throw new StandaloneException(
          "--fresh empties a stack of the bench's own; one that runs already is left as it is");
    }
    return new BenchArguments(
        read.number("--in-flight", 1, MAX_IN_FLIGHT, 64),
        Duration.ofSeconds(read.number("--seconds", 1, MAX_SECONDS, 20)),
        Duration.ofSeconds(read.number("--warm-up", 0, MAX_SECONDS, 10)),
        read.number("--lone", 0, MAX_LONE, 100),
        read.word("--profile", Profile.values()).orElse(Profile.HAPPY),
        read.word("--start", StartBy.values()).orElse(StartBy.SHOP),
        read.of("--json").map(Path::of).map(Path::toAbsolutePath),
        read.of("--state").map(Path::of).orElse(defaultState).toAbsolutePath().normalize(),
        fresh,
        running);
  }

  private record Values(Map<String, String> flags) {

    Optional<String> of(String flag) {
      return Optional.ofNullable(flags.get(flag)).filter(value -> !value.isBlank());
    }

    int number(String flag, int from, int to, int otherwise) {
      Optional<String> value = of(flag);
      if (value.isEmpty()) {
        return otherwise;
      }
      if (value.get().matches("\\d{1,7}")) {
        int number = Integer.parseInt(value.get());
        if (number >= from && number <= to) {
          return number;
        }
      }
      throw wrong(flag, "a whole number from " + from + " to " + to, value.get());
    }

    <E extends Enum<E>> Optional<E> word(String flag, E[] known) {
      Function<E, String> name = one -> one.name().toLowerCase(Locale.ROOT);
      return of(flag)
          .map(
              value ->
                  Arrays.stream(known)
                      .filter(one -> name.apply(one).equals(value))
                      .findFirst()
                      .orElseThrow(
                          () ->
                              wrong(
                                  flag,
                                  String.join(" or ", Arrays.stream(known).map(name).toList()),
                                  value)));
    }

    Optional<Running> running() {
      List<String> given = ADDRESSES.stream().filter(flag -> of(flag).isPresent()).toList();
      if (given.isEmpty()) {
        return Optional.empty();
      }
      if (given.size() < ADDRESSES.size()) {
        throw new StandaloneException(
            "Expected "
                + String.join(", ", ADDRESSES)
                + " together, or none of them for a stack of the bench's own; got only "
                + String.join(", ", given));
      }
      return Optional.of(
          new Running(address("--orchestrator"), address("--shop"), kafka(of("--kafka").get())));
    }

    private URI address(String flag) {
      String value = of(flag).orElseThrow();
      if (!value.matches("https?://[^/\\s]+/?")) {
        throw wrong(flag, "an address such as " + EXAMPLES.get(flag), value);
      }
      return URI.create(value);
    }

    private static String kafka(String value) {
      if (!value.matches("[^\\s:]+:\\d{1,5}")) {
        throw wrong("--kafka", "HOST:PORT", value);
      }
      return value;
    }

    private static StandaloneException wrong(String flag, String expected, String found) {
      return new StandaloneException(
          "Expected " + expected + " as " + flag + ", but got '" + found + "'");
    }
  }
}
