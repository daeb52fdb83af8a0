package io.skald.simulation;

import io.skald.checker.Violation;
import io.skald.machine.SagaState;
import io.skald.saga.message.SagaId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One run, from its seed to its verdict: trouble, healing, rest, and a look at what has become. */
final class Simulation {

  private static final long MOST_EVENTS = 1_200_000;
  private static final int EVENTS_BETWEEN_LOOKS = 25;
  private static final int MOST_TALES = 20;
  private static final long LONGEST = Timeline.micros(Duration.ofDays(20));

  /** In which a lane says at the latest how far it has published. */
  private static final long SILENCE = Timeline.micros(Duration.ofMinutes(10));

  private static final Duration OPERATORS_COME_BY = Duration.ofSeconds(30);
  private static final Duration OPERATORS_COME_BY_AT_LEAST = Duration.ofHours(1);

  private final long seed;
  private final World world;
  private long quietSince = Long.MAX_VALUE;

  Simulation(long seed, Scale scale, Mechanisms mechanisms) {
    this.seed = seed;
    this.world = new World(seed, scale, mechanisms);
  }

  static Outcome run(long seed, Scale scale, Mechanisms mechanisms) {
    return new Simulation(seed, scale, mechanisms).run();
  }

  Outcome run() {
    world.clients().begin();
    new Nemesis(world).plan();
    Optional<String> unrest = trouble();
    if (unrest.isEmpty()) {
      heal();
      unrest = rest();
    }
    if (unrest.isEmpty() && new Chance(seed, "again").oneIn(4)) {
      world.participants().forEach(ParticipantGroup::readAllAgain);
      unrest = rest();
    }
    return outcome(unrest);
  }

  private Optional<String> trouble() {
    long until = Timeline.micros(world.settings().trouble());
    while (world.timeline().now() < until) {
      if (world.timeline().events() > MOST_EVENTS) {
        return Optional.of("Expected the trouble to end, but it goes round in circles");
      }
      if (world.timeline().isEmpty()) {
        break;
      }
      world.timeline().next();
    }
    return Optional.empty();
  }

  private void heal() {
    world.faults().heal();
    world.stories().mend();
    world.orchestrators().heal();
    world.participants().forEach(ParticipantGroup::heal);
    comeBy(OPERATORS_COME_BY);
  }

  /** Operators look what is parked, again and again, more and more seldom. */
  private void comeBy(Duration next) {
    world.operators().resumeParked(1);
    Duration longer = next.multipliedBy(2);
    boolean seldom = longer.compareTo(OPERATORS_COME_BY_AT_LEAST) > 0;
    world.timeline().after(next, () -> comeBy(seldom ? OPERATORS_COME_BY_AT_LEAST : longer));
  }

  private Optional<String> rest() {
    while (!isAtRest()) {
      for (int i = 0; i < EVENTS_BETWEEN_LOOKS; i++) {
        world.timeline().next();
      }
      if (world.timeline().events() > MOST_EVENTS || world.timeline().now() > LONGEST) {
        return Optional.of(
            "Expected all sagas to come to rest, but after "
                + Duration.ofNanos(world.timeline().now() * 1_000)
                + " they have not; published "
                + world.store().isAllPublished()
                + ", orchestrators quiet "
                + world.orchestrators().areQuiet()
                + ", "
                + world.orchestrators().nodes());
      }
    }
    return Optional.empty();
  }

  /** All has ended, nothing is under way, and the rows had time to say so. */
  private boolean isAtRest() {
    if (!isQuiet()) {
      quietSince = Long.MAX_VALUE;
      return false;
    }
    quietSince = Math.min(quietSince, world.timeline().now());
    return world.store().isAllPublished() || world.timeline().now() - quietSince > SILENCE;
  }

  private boolean isQuiet() {
    return world.clients().areServed()
        && !world.network().isAway()
        && world.orchestrators().areQuiet()
        && world.participants().stream().allMatch(ParticipantGroup::isQuiet);
  }

  private Outcome outcome(Optional<String> unrest) {
    List<Violation> violations = new ArrayList<>();
    unrest.ifPresent(
        because ->
            violations.add(new Violation("L8", "rest", world.clients().unfinished(), because, "")));
    Judgement.Verdict verdict = new Judgement(world, unrest.isPresent()).verdict();
    violations.addAll(verdict.violations());
    return new Outcome(
        seed,
        world.trace().hash(),
        world.timeline().events(),
        Duration.ofNanos(world.timeline().now() * 1_000),
        world.clients().starts().size(),
        completed(),
        world.faults().counts(),
        violations,
        verdict.reconciled(),
        tales(violations));
  }

  private Map<SagaId, List<String>> tales(List<Violation> violations) {
    Map<SagaId, List<String>> tales = new LinkedHashMap<>();
    violations.stream()
        .flatMap(violation -> violation.saga().stream())
        .limit(MOST_TALES)
        .forEach(saga -> tales.computeIfAbsent(saga, told -> Tale.of(world, told)));
    return tales;
  }

  private int completed() {
    return (int)
        world.store().journal().sagas().stream()
            .filter(saga -> saga.state() instanceof SagaState.Completed)
            .count();
  }
}
