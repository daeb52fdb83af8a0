package io.skald.simulation;

import io.skald.saga.Exclusive;
import io.skald.saga.InvalidDefinitionException;
import io.skald.saga.Saga;
import io.skald.saga.SagaDefinition;
import io.skald.saga.message.Participant;
import io.skald.saga.message.Topic;
import io.skald.simulation.Messages.Do;
import io.skald.simulation.Messages.Trip;
import io.skald.simulation.Messages.TripRequested;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Draws definitions from the whole language: steps that can be undone, knowing the reply or not, or
 * need not be, perhaps a pivot, and steps behind it; with every kind of timeout, retry and
 * deadline. Half of them have blocks of every kind, inside one another too.
 */
final class RandomStory {

  static final Topic REQUESTS = Topic.of("trip-requests");

  static final List<Participant> PARTICIPANTS =
      List.of(Participant.named("hotel"), Participant.named("flight"), Participant.named("bank"));

  /** Ends the retries of a step whose policy says so. */
  static final String FINAL_CODE = "OUT_OF_ORDER";

  /** How the names of steps behind the pivot begin. */
  static final String FORWARD_ONLY = "r";

  private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

  /** How deep blocks lie inside one another. */
  private static final int DEEPEST = 2;

  private final Chance chance;
  private final Predicate<String> isBroken;
  private final Children children;

  /**
   * @param isBroken which functions throw at the moment, by kind and step
   * @param children the sagas that steps may be
   */
  RandomStory(Chance chance, Predicate<String> isBroken, Children children) {
    this.chance = chance;
    this.isBroken = isBroken;
    this.children = children;
  }

  /** One that can be undone as a whole. */
  SagaDefinition<Trip> drawUndoable(String name) {
    Saga.Started<Trip> started = Saga.define(name, 1, Trip.class).startedByApi();
    RandomParts<Trip> parts = parts(new Names(), LONGEST_WAIT);
    return parts.before(parts.step(started), chance.below(3), DEEPEST).build();
  }

  private RandomParts<Trip> parts(Names names, Duration longestWait) {
    return new RandomParts<>(chance, names, new View.Whole(), isBroken, longestWait, children);
  }

  /**
   * A deadline that the story can't keep is refused, and then it has none.
   *
   * @param exclusive what becomes of a second start with a key, if that is not the same saga
   */
  SagaDefinition<Trip> draw(
      String name, int version, boolean startedByEvent, Optional<Exclusive> exclusive) {
    Optional<Duration> deadline =
        chance.oneIn(3)
            ? Optional.of(chance.duration(Duration.ofSeconds(30), Duration.ofMinutes(20)))
            : Optional.empty();
    try {
      return draw(name, version, startedByEvent, exclusive, deadline);
    } catch (InvalidDefinitionException tooHasty) {
      return draw(name, version, startedByEvent, exclusive, Optional.empty());
    }
  }

  private SagaDefinition<Trip> draw(
      String name,
      int version,
      boolean startedByEvent,
      Optional<Exclusive> exclusive,
      Optional<Duration> deadline) {
    Saga.Head<Trip> head = Saga.define(name, version, Trip.class);
    Saga.Started<Trip> started =
        startedByEvent
            ? head.startedBy(REQUESTS, TripRequested.class, TripRequested::trip, Trip::of)
            : head.startedByApi();
    exclusive.ifPresent(started::exclusive);
    deadline.ifPresent(started::deadline);
    Duration longestWait =
        deadline.filter(time -> time.compareTo(LONGEST_WAIT) < 0).orElse(LONGEST_WAIT);
    int depth = chance.oneIn(2) ? DEEPEST : 0;
    Names names = new Names();
    RandomParts<Trip> parts = parts(names, longestWait);
    int before = chance.between(chance.oneIn(4) ? 0 : 1, 4);
    Saga.BeforePivot<Trip> steps = parts.before(started, before, depth);
    return names.steps() == 0 || chance.oneIn(2)
        ? forward(parts, steps, depth).build()
        : steps.build();
  }

  private Saga.AfterPivot<Trip> forward(
      RandomParts<Trip> parts, Saga.BeforePivot<Trip> steps, int depth) {
    Saga.AfterPivot<Trip> pivot =
        parts.tuned(
            steps.pivot("pivot", parts.participant(), Do.class, parts.doing("pivot")), "pivot");
    return parts.after(pivot, chance.below(3), depth);
  }

  /** Numbers the parts of a definition. Used by one thread. */
  static final class Names {

    private int last;
    private int steps;

    String step(String kind) {
      steps++;
      return kind + ++last;
    }

    String block(String kind) {
      return kind + ++last;
    }

    int steps() {
      return steps;
    }
  }
}
