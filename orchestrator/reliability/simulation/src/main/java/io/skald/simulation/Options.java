package io.skald.simulation;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;

/**
 * What is to be simulated.
 *
 * @param from the first seed
 * @param seeds how many of them
 * @param threads each of them runs one seed at a time
 * @param scale what a run may have
 * @param missing mechanisms that are taken out
 * @param json where the result goes; empty for nowhere
 */
record Options(
    long from, long seeds, int threads, Scale scale, Set<Mechanism> missing, Optional<Path> json) {

  /**
   * Reads flags: {@code --seeds N --from S --threads T --break MECHANISM,… --only FAULT,… --sagas N
   * --json FILE}.
   *
   * @throws IllegalArgumentException says which flag is wrong, and what it wants
   */
  static Options of(List<String> args) {
    long from = 1;
    long seeds = 1_000;
    int threads = Runtime.getRuntime().availableProcessors();
    Set<Fault> faults = EnumSet.allOf(Fault.class);
    int sagas = Integer.MAX_VALUE;
    Set<Mechanism> missing = EnumSet.noneOf(Mechanism.class);
    Optional<Path> json = Optional.empty();
    for (Iterator<String> words = args.iterator(); words.hasNext(); ) {
      String flag = words.next();
      String value = valueOf(flag, words);
      switch (flag) {
        case "--seeds" -> seeds = number(flag, value);
        case "--from" -> from = number(flag, value);
        case "--threads" -> threads = small(flag, value);
        case "--sagas" -> sagas = small(flag, value);
        case "--only" -> faults = faults(value);
        case "--break" -> missing = mechanisms(value);
        case "--json" -> json = Optional.of(Path.of(value));
        default -> throw new IllegalArgumentException("Expected a known flag, but found " + flag);
      }
    }
    return new Options(from, seeds, threads, new Scale(faults, sagas), missing, json);
  }

  private static String valueOf(String flag, Iterator<String> words) {
    if (!words.hasNext()) {
      throw new IllegalArgumentException("Expected a value behind " + flag + ", but found none");
    }
    return words.next();
  }

  private static long number(String flag, String value) {
    try {
      long number = Long.parseLong(value);
      if (number > 0) {
        return number;
      }
    } catch (NumberFormatException notOne) {
      // Said below.
    }
    throw new IllegalArgumentException(
        "Expected a number of at least 1 behind " + flag + ", but found '" + value + "'");
  }

  private static int small(String flag, String value) {
    long number = number(flag, value);
    if (number > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "Expected a number up to "
              + Integer.MAX_VALUE
              + " behind "
              + flag
              + ", but found "
              + value);
    }
    return (int) number;
  }

  private static Set<Mechanism> mechanisms(String value) {
    Set<Mechanism> mechanisms = EnumSet.noneOf(Mechanism.class);
    for (String title : value.split(",", -1)) {
      mechanisms.add(
          Mechanism.named(title)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "Expected one of "
                              + Arrays.stream(Mechanism.values()).map(Mechanism::title).toList()
                              + " behind --break, but found '"
                              + title
                              + "'")));
    }
    return mechanisms;
  }

  private static Set<Fault> faults(String value) {
    Set<Fault> faults = EnumSet.noneOf(Fault.class);
    if (value.equals("none")) {
      return faults;
    }
    for (String title : value.split(",", -1)) {
      faults.add(
          Arrays.stream(Fault.values())
              .filter(fault -> fault.title().equals(title))
              .findFirst()
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "Expected 'none' or names of faults behind --only, but found '"
                              + title
                              + "'")));
    }
    return faults;
  }

  Outcome simulate(long seed) {
    return simulate(seed, scale);
  }

  /** A run that throws breaks a law of its own: that runs end. */
  Outcome simulate(long seed, Scale scale) {
    try {
      return Simulation.run(
          seed, scale, missing.isEmpty() ? new Mechanisms() : new Broken(missing));
    } catch (RuntimeException | AssertionError | StackOverflowError thrown) {
      return Outcome.brokenOff(seed, thrown);
    }
  }

  /** What makes one of these runs again, on a smaller scale. */
  String command(long seed, Scale smaller) {
    StringJoiner command = new StringJoiner(" ");
    command.add("./skald sim --seeds 1 --from " + seed);
    if (!missing.isEmpty()) {
      command.add("--break " + titles(missing.stream().map(Mechanism::title).toList()));
    }
    if (smaller.faults().size() < Fault.values().length) {
      List<String> titles = smaller.faults().stream().map(Fault::title).toList();
      command.add("--only " + (titles.isEmpty() ? "none" : titles(titles)));
    }
    if (smaller.maxSagas() < Integer.MAX_VALUE) {
      command.add("--sagas " + smaller.maxSagas());
    }
    return command.toString();
  }

  private static String titles(List<String> titles) {
    return String.join(",", titles);
  }
}
