package io.skald.simulation;

import io.skald.saga.Retry;
import io.skald.saga.Saga;
import io.skald.saga.SagaDefinition;
import io.skald.saga.message.Participant;
import io.skald.saga.message.Topic;
import io.skald.simulation.Messages.Do;
import io.skald.simulation.Messages.Done;
import io.skald.simulation.Messages.Trip;
import io.skald.simulation.Messages.TripRequested;
import io.skald.simulation.Messages.Undo;
import io.skald.simulation.Messages.UndoBlindly;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/**
 * Draws definitions from the whole language: steps that can be undone, knowing the reply or not, or
 * need not be, perhaps a pivot, and steps behind it; with every kind of timeout, retry and
 * deadline.
 */
final class RandomStory {

  static final Topic REQUESTS = Topic.of("trip-requests");

  static final List<Participant> PARTICIPANTS =
      List.of(Participant.named("hotel"), Participant.named("flight"), Participant.named("bank"));

  /** Ends the retries of a step whose policy says so. */
  static final String FINAL_CODE = "OUT_OF_ORDER";

  /** How the names of steps behind the pivot begin. */
  static final String FORWARD_ONLY = "r";

  private final Chance chance;
  private final Predicate<String> isBroken;

  /**
   * @param isBroken which functions throw at the moment, by kind and step
   */
  RandomStory(Chance chance, Predicate<String> isBroken) {
    this.chance = chance;
    this.isBroken = isBroken;
  }

  SagaDefinition<Trip> draw(String name, int version, boolean startedByEvent) {
    Saga.Head<Trip> head = Saga.define(name, version, Trip.class);
    Saga.Started<Trip> started =
        startedByEvent
            ? head.startedBy(REQUESTS, TripRequested.class, TripRequested::trip, Trip::of)
            : head.startedByApi();
    if (chance.oneIn(3)) {
      started.deadline(chance.duration(Duration.ofSeconds(30), Duration.ofMinutes(20)));
    }
    Saga.BeforePivot<Trip> steps = started;
    int before = chance.between(chance.oneIn(4) ? 0 : 1, 4);
    for (int i = 1; i <= before; i++) {
      steps = undoable(steps, "s" + i);
    }
    return before == 0 || chance.oneIn(2) ? forward(steps).build() : steps.build();
  }

  private Saga.BeforePivot<Trip> undoable(Saga.BeforePivot<Trip> steps, String name) {
    Saga.OwesCompensation<Trip, Done> step =
        steps
            .step(name, participant(), Do.class, trip -> doing(trip, name))
            .timeout(timeout())
            .retry(retry());
    if (chance.oneIn(2)) {
      step.compensationRetry(patientRetry());
    }
    if (chance.oneIn(2)) {
      step.onReply((trip, done) -> folding(trip, done, name));
    }
    return switch (chance.below(5)) {
      case 0 -> step.nothingToCompensate();
      case 1, 2 -> step.compensate(UndoBlindly.class, trip -> undoingBlindly(trip, name));
      default ->
          step.compensate(
              Undo.class,
              (trip, done) -> undoing(trip, done, name),
              UndoBlindly.class,
              trip -> undoingBlindly(trip, name));
    };
  }

  private Saga.AfterPivot<Trip> forward(Saga.BeforePivot<Trip> steps) {
    Saga.Forward<Trip, Done> last =
        tuned(steps.pivot("pivot", participant(), Do.class, trip -> doing(trip, "pivot")), "pivot");
    int after = chance.below(3);
    for (int i = 1; i <= after; i++) {
      String name = FORWARD_ONLY + i;
      last = tuned(last.then(name, participant(), Do.class, trip -> doing(trip, name)), name);
    }
    return last;
  }

  private Saga.Forward<Trip, Done> tuned(Saga.Forward<Trip, Done> step, String name) {
    step.timeout(timeout()).retry(chance.oneIn(3) ? retry() : patientRetry());
    return chance.oneIn(2) ? step.onReply((trip, done) -> folding(trip, done, name)) : step;
  }

  private Participant participant() {
    return chance.pick(PARTICIPANTS);
  }

  private Duration timeout() {
    return chance.duration(Duration.ofMillis(300), Duration.ofSeconds(20));
  }

  private Retry retry() {
    Duration initial = chance.duration(Duration.ofMillis(10), Duration.ofSeconds(2));
    Retry retry =
        switch (chance.below(4)) {
          case 0 -> Retry.none();
          case 1 -> Retry.fixed(initial).maxAttempts(chance.between(1, 6));
          case 2 ->
              Retry.exponential(initial)
                  .factor(1 + chance.random().nextDouble())
                  .jitter(chance.random().nextDouble())
                  .maxAttempts(chance.between(1, 6));
          default ->
              Retry.exponential(initial)
                  .within(chance.duration(Duration.ofMillis(100), Duration.ofSeconds(20)));
        };
    return chance.oneIn(5) ? retry.stopOn(FINAL_CODE) : retry;
  }

  /** One that tries for long, but not often. */
  private Retry patientRetry() {
    Retry retry =
        Retry.exponential(chance.duration(Duration.ofMillis(10), Duration.ofSeconds(2)))
            .maxDelay(chance.duration(Duration.ofMinutes(1), Duration.ofHours(2)));
    return chance.oneIn(2) ? retry.unlimited() : retry.within(Duration.ofHours(24));
  }

  private Do doing(Trip trip, String step) {
    check("do", step);
    return new Do(trip.id(), step, trip.amount());
  }

  private Trip folding(Trip trip, Done done, String step) {
    check("fold", step);
    return trip.with(done);
  }

  private Undo undoing(Trip trip, Done done, String step) {
    check("undo", step);
    return new Undo(trip.id(), step, done.receipt());
  }

  private UndoBlindly undoingBlindly(Trip trip, String step) {
    check("undo", step);
    return new UndoBlindly(trip.id(), step);
  }

  private void check(String kind, String step) {
    if (isBroken.test(kind + step)) {
      throw new IllegalStateException("A defect of the definition: " + kind + " " + step);
    }
  }
}
