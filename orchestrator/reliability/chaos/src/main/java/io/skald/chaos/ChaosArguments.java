package io.skald.chaos;

import io.skald.standalone.StandaloneException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What {@code ./skald chaos} was asked for.
 *
 * @param length how long faults are made
 * @param seed draws orders and faults
 * @param perSecond how many orders are placed each second
 * @param calm whether no faults are made: the twin to compare with
 * @param twin how many sagas such a twin of the same length and rate completed in all; the run must
 *     reach a share of it
 * @param stateDir holds data and logs
 * @param json where to write the figures
 * @param report where to write the report, Markdown if it ends so, else HTML
 */
record ChaosArguments(
    Duration length,
    long seed,
    int perSecond,
    boolean calm,
    Optional<Long> twin,
    Path stateDir,
    Optional<Path> json,
    Path report) {

  private static final double SECONDS = 60;
  private static final double MOST_SAGAS = 1_000_000_000;
  private static final String MINUTES = "--minutes";
  private static final String SEED = "--seed";
  private static final String RATE = "--rate";
  private static final String CALM = "--calm";
  private static final String TWIN = "--twin";
  private static final String STATE = "--state";
  private static final String JSON = "--json";
  private static final String REPORT = "--report";
  private static final List<String> WITH_VALUE =
      List.of(MINUTES, SEED, RATE, TWIN, STATE, JSON, REPORT);

  /**
   * Reads a command line.
   *
   * @param defaultState the state directory when none is named
   * @throws StandaloneException that says which word is wrong, and what is possible
   */
  static ChaosArguments parse(String[] words, Path defaultState) {
    Map<String, String> values = new HashMap<>();
    boolean calm = false;
    for (int i = 0; i < words.length; i++) {
      if (words[i].equals(CALM)) {
        calm = true;
      } else if (!WITH_VALUE.contains(words[i])) {
        throw new StandaloneException(
            "Unknown flag '"
                + words[i]
                + "'; known are "
                + CALM
                + ", "
                + String.join(", ", WITH_VALUE));
      } else if (i + 1 == words.length) {
        throw new StandaloneException("Flag '" + words[i] + "' wants a value");
      } else {
        values.put(words[i], words[++i]);
      }
    }
    Path state =
        Path.of(values.getOrDefault(STATE, defaultState.toString())).toAbsolutePath().normalize();
    double minutes = number(values, MINUTES, "2", 0.2, 24 * SECONDS);
    return new ChaosArguments(
        Duration.ofSeconds(Math.round(minutes * SECONDS)),
        seed(values),
        (int) number(values, RATE, "20", 1, 1_000),
        calm,
        values.containsKey(TWIN)
            ? Optional.of((long) number(values, TWIN, "0", 0, MOST_SAGAS))
            : Optional.empty(),
        state,
        Optional.ofNullable(values.get(JSON)).map(file -> Path.of(file).toAbsolutePath()),
        Path.of(values.getOrDefault(REPORT, state.resolve("report.html").toString()))
            .toAbsolutePath());
  }

  /** What makes the same schedule of orders and faults again, and demands the same of it. */
  String command() {
    return "./skald chaos --minutes "
        + length.toSeconds() / SECONDS
        + " --seed "
        + seed
        + " --rate "
        + perSecond
        + (calm ? " --calm" : "")
        + twin.map(sagas -> " " + TWIN + " " + sagas).orElse("");
  }

  private static long seed(Map<String, String> values) {
    String value = values.get(SEED);
    if (value == null) {
      return ThreadLocalRandom.current().nextInt(1, Integer.MAX_VALUE);
    }
    try {
      return Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw new StandaloneException(
          "Expected a whole number as " + SEED + ", but got '" + value + "'", e);
    }
  }

  private static double number(
      Map<String, String> values, String flag, String otherwise, double least, double most) {
    String value = values.getOrDefault(flag, otherwise);
    try {
      double number = Double.parseDouble(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Answered below, as what is out of range.
    }
    throw new StandaloneException(
        "Expected a number from "
            + least
            + " to "
            + most
            + " as "
            + flag
            + ", but got '"
            + value
            + "'");
  }
}
