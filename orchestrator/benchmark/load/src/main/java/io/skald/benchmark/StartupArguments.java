package io.skald.benchmark;

import io.skald.standalone.Packaging;
import io.skald.standalone.StandaloneException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code ./skald bench startup} was asked for.
 *
 * @param rounds how often everything is measured; figures are medians
 * @param programs what is measured in each round, in this order
 * @param load what to put on the stack once it has started
 * @param json a file to write the figures to
 * @param state the directory of the stack
 */
record StartupArguments(
    int rounds, List<Packaging> programs, BenchArguments load, Optional<Path> json, Path state) {

  private static final int MAX_ROUNDS = 100;
  private static final int MAX_SECONDS = 3_600;
  private static final int MAX_LOAD = 100_000;

  private static final Map<String, String> EXAMPLES =
      Map.of(
          "--rounds", "5",
          "--programs", "jvm,native",
          "--in-flight", "64",
          "--rate", "100",
          "--warm-up", "30",
          "--seconds", "15",
          "--json", "startup.json",
          "--state", "/tmp/skald-startup");

  StartupArguments {
    programs = List.copyOf(programs);
  }

  /**
   * Reads a command line.
   *
   * @param defaultState the directory of the stack when none is named
   * @throws StandaloneException that says which word is wrong, and what is possible
   */
  static StartupArguments parse(String[] words, Path defaultState) {
    Flags flags = Flags.parse(words, Set.of(), EXAMPLES);
    Path state = flags.path("--state").orElse(defaultState).normalize();
    return new StartupArguments(
        flags.number("--rounds", 1, MAX_ROUNDS, 3),
        flags.words("--programs", Packaging.values()),
        load(flags, state),
        flags.path("--json"),
        state);
  }

  StartupArguments measuring(List<Packaging> others) {
    return new StartupArguments(rounds, others, load, json, state);
  }

  /** For people. */
  String text() {
    return String.format(
        Locale.ROOT,
        "%d rounds; loads: %s, %s; %d s of warm-up, %d s measured each",
        rounds,
        load.points().get(0).text(),
        load.points().get(1).text(),
        load.warmUp().toSeconds(),
        load.measured().toSeconds());
  }

  /** First as much as goes, then so much that every program can keep up. */
  private static BenchArguments load(Flags flags, Path state) {
    return BenchArguments.parse(
        new String[] {
          "--participants", "shop",
          "--start", "event",
          "--sweep", text(flags.number("--in-flight", 1, MAX_LOAD, 64)),
          "--rates", text(flags.number("--rate", 1, MAX_LOAD, 100)),
          "--warm-up", text(flags.number("--warm-up", 0, MAX_SECONDS, 30)),
          "--seconds", text(flags.number("--seconds", 1, MAX_SECONDS, 15)),
          "--lone", "0"
        },
        state);
  }

  private static String text(int number) {
    return Integer.toString(number);
  }
}
