package io.skald.benchmark;

import io.skald.standalone.StandaloneException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code ./skald bench} was asked for.
 *
 * @param profile which way the sagas go
 * @param participants who answers the commands
 * @param start how sagas are started
 * @param steps how many steps they have
 * @param points the loads, one after the other
 * @param measured how long the measured part of each load lasts
 * @param warmUp how long the first load runs before that
 * @param lone how many sagas to run one at a time afterwards; 0 for none
 * @param orchestrators how many processes share the shards
 * @param scaleSteps how many of them, step by step, under a load that stays; empty for no such run
 * @param environment set for each orchestrator
 * @param output where to write the result
 * @param state the directory of a stack of its own
 * @param fresh whether that begins with empty data
 * @param running the stack to put load on instead
 */
public record BenchArguments(
    Profile profile,
    Participants participants,
    StartBy start,
    int steps,
    List<LoadPoint> points,
    Duration measured,
    Duration warmUp,
    int lone,
    int orchestrators,
    List<Integer> scaleSteps,
    Map<String, String> environment,
    Output output,
    Path state,
    boolean fresh,
    Optional<Running> running) {

  static final int DEFAULT_STEPS = 3;
  static final int WIDE_STEPS = 50;

  private static final int MAX_STEPS = 200;
  private static final int MAX_IN_FLIGHT = 100_000;
  private static final int MAX_RATE = 1_000_000;
  private static final int MAX_SECONDS = 86_400;
  private static final int MAX_LONE = 1_000_000;
  private static final int MAX_ORCHESTRATORS = 64;

  private static final List<String> ADDRESSES = List.of("--orchestrator", "--kafka");

  /** Addresses of a stack that somebody else has started. */
  public record Running(URI orchestrator, Optional<URI> shop, String kafka) {}

  /** Files to write the result to, each if it is named. */
  public record Output(Optional<Path> json, Optional<Path> report, Optional<Path> charts) {}

  public BenchArguments {
    points = List.copyOf(points);
    scaleSteps = List.copyOf(scaleSteps);
    environment = Map.copyOf(environment);
  }

  boolean scales() {
    return !scaleSteps.isEmpty();
  }

  Recipe recipe() {
    return Recipe.of(participants, steps);
  }

  /**
   * Reads a command line.
   *
   * @param defaultState the directory in which stacks of the bench's own are kept
   * @throws StandaloneException that says which word is wrong, and what is possible
   */
  public static BenchArguments parse(String[] words, Path defaultState) {
    Flags flags = Flags.parse(words);
    Participants participants =
        flags.word("--participants", Participants.values()).orElse(Participants.SHOP);
    List<Integer> scaleSteps = flags.numbers("--scale-steps", 1, MAX_ORCHESTRATORS);
    BenchArguments arguments =
        new BenchArguments(
            flags.word("--profile", Profile.values()).orElse(Profile.HAPPY),
            participants,
            flags
                .word("--start", StartBy.values())
                .orElse(participants == Participants.SHOP ? StartBy.SHOP : StartBy.EVENT),
            flags.number("--steps", 2, MAX_STEPS, flags.has("--wide") ? WIDE_STEPS : DEFAULT_STEPS),
            points(flags),
            Duration.ofSeconds(flags.number("--seconds", 1, MAX_SECONDS, 30)),
            Duration.ofSeconds(flags.number("--warm-up", 0, MAX_SECONDS, 60)),
            flags.number("--lone", 0, MAX_LONE, 100),
            scaleSteps.isEmpty()
                ? flags.number("--orchestrators", 1, MAX_ORCHESTRATORS, 1)
                : scaleSteps.getFirst(),
            scaleSteps,
            flags.pairs("--set"),
            new Output(flags.path("--json"), flags.path("--report"), flags.path("--charts")),
            flags
                .path("--state")
                .orElse(defaultState.resolve(Flags.lower(participants)))
                .normalize(),
            flags.has("--fresh"),
            running(flags));
    arguments.check();
    return arguments;
  }

  private static List<LoadPoint> points(Flags flags) {
    List<LoadPoint> points = new ArrayList<>();
    flags.numbers("--sweep", 1, MAX_IN_FLIGHT).forEach(n -> points.add(LoadPoint.closed(n)));
    flags.numbers("--rates", 1, MAX_RATE).forEach(n -> points.add(LoadPoint.open(n)));
    if (flags.of("--rate").isPresent()) {
      points.add(LoadPoint.open(flags.number("--rate", 1, MAX_RATE, 1)));
    }
    if (points.isEmpty() || flags.of("--in-flight").isPresent()) {
      points.addFirst(LoadPoint.closed(flags.number("--in-flight", 1, MAX_IN_FLIGHT, 64)));
    }
    return points;
  }

  private static Optional<Running> running(Flags flags) {
    List<String> given = ADDRESSES.stream().filter(flag -> flags.of(flag).isPresent()).toList();
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
        new Running(
            flags.address("--orchestrator").orElseThrow(),
            flags.address("--shop"),
            flags.hostAndPort("--kafka")));
  }

  private void check() {
    if (fresh && running.isPresent()) {
      throw new StandaloneException(
          "--fresh empties a stack of the bench's own; one that runs already is left as it is");
    }
    if (participants == Participants.TRIVIAL && start == StartBy.SHOP) {
      throw new StandaloneException(
          "--start shop needs --participants shop; with trivial ones start by event or rest");
    }
    if (participants == Participants.SHOP && steps != DEFAULT_STEPS) {
      throw new StandaloneException(
          "--steps and --wide need --participants trivial; the shop's saga is what it is");
    }
    if (running.isPresent()
        && participants == Participants.SHOP
        && running.get().shop().isEmpty()) {
      throw new StandaloneException(
          "Expected --shop beside --orchestrator and --kafka, or --participants trivial");
    }
    if (running.isPresent() && (scales() || orchestrators > 1)) {
      throw new StandaloneException(
          "--orchestrators and --scale-steps need a stack of the bench's own");
    }
    if (scales() && start == StartBy.REST) {
      throw new StandaloneException(
          "--scale-steps needs --start event; a call to an orchestrator that goes is a failed call");
    }
    if (scales() && (points.size() != 1 || points.getFirst().rate().isEmpty())) {
      throw new StandaloneException(
          "--scale-steps needs one --rate R: a load that does not wait for a shard that pauses");
    }
  }
}
