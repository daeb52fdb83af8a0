package io.skald.machine;

import io.skald.machine.Trips.Do;
import io.skald.machine.Trips.Done;
import io.skald.machine.Trips.Trip;
import io.skald.machine.Trips.Undo;
import io.skald.machine.Trips.UndoBlind;
import io.skald.saga.Retry;
import io.skald.saga.Saga;
import io.skald.saga.SagaDefinition;
import io.skald.saga.message.Participant;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * A random definition: 1 to 8 steps that can be undone or need not be, perhaps a pivot, and up to 3
 * steps behind it. Each of its functions can be given a defect for a while.
 */
final class RandomTrip {

  private static final List<Participant> PARTICIPANTS =
      List.of(Trips.HOTEL, Trips.FLIGHT, Trips.BANK);

  private final Random random;
  private final Set<String> defects = new HashSet<>();
  private final SagaDefinition<Trip> definition;

  RandomTrip(Random random) {
    this.random = random;
    Saga.Started<Trip> head = Saga.define("trip", 1, Trip.class).startedByApi();
    if (random.nextInt(3) == 0) {
      head.deadline(Duration.ofSeconds(25 + random.nextInt(100)));
    }
    Saga.BeforePivot<Trip> steps = head;
    int before = 1 + random.nextInt(8);
    for (int i = 1; i <= before; i++) {
      steps = compensatable(steps, "s" + i);
    }
    definition = random.nextBoolean() ? steps.build() : forward(steps).build();
  }

  SagaDefinition<Trip> definition() {
    return definition;
  }

  /** From now on one function of one step throws. */
  void breakSomething() {
    int step = random.nextInt(definition.steps().size());
    String kind = List.of("do", "fold", "undo").get(random.nextInt(3));
    defects.add(kind + definition.steps().get(step).name());
  }

  void mend() {
    defects.clear();
  }

  private Saga.BeforePivot<Trip> compensatable(Saga.BeforePivot<Trip> steps, String name) {
    Saga.OwesCompensation<Trip, Done> step =
        steps
            .step(name, participant(), Do.class, trip -> doing(trip, name))
            .timeout(timeout())
            .retry(retry())
            .compensationRetry(retry());
    if (random.nextBoolean()) {
      step.onReply((trip, done) -> folding(trip, done, name));
    }
    return switch (random.nextInt(4)) {
      case 0 -> step.nothingToCompensate();
      case 1 -> step.compensate(UndoBlind.class, trip -> undoingBlindly(trip, name));
      default ->
          step.compensate(
              Undo.class,
              (trip, done) -> undoing(trip, done, name),
              UndoBlind.class,
              trip -> undoingBlindly(trip, name));
    };
  }

  private Saga.AfterPivot<Trip> forward(Saga.BeforePivot<Trip> steps) {
    Saga.Forward<Trip, Done> last =
        tuned(steps.pivot("pivot", participant(), Do.class, trip -> doing(trip, "pivot")), "pivot");
    int after = random.nextInt(4);
    for (int i = 1; i <= after; i++) {
      String name = "r" + i;
      last = tuned(last.then(name, participant(), Do.class, trip -> doing(trip, name)), name);
    }
    return last;
  }

  private Saga.Forward<Trip, Done> tuned(Saga.Forward<Trip, Done> step, String name) {
    step.timeout(timeout()).retry(random.nextInt(4) == 0 ? retry().unlimited() : retry());
    return random.nextBoolean() ? step.onReply((trip, done) -> folding(trip, done, name)) : step;
  }

  private Participant participant() {
    return PARTICIPANTS.get(random.nextInt(PARTICIPANTS.size()));
  }

  private Duration timeout() {
    return Duration.ofMillis(500 + random.nextInt(20_000));
  }

  private Retry retry() {
    Retry retry =
        Retry.exponential(Duration.ofMillis(1 + random.nextInt(2_000)))
            .factor(1 + random.nextDouble())
            .maxAttempts(1 + random.nextInt(4));
    return random.nextInt(5) == 0
        ? retry.within(Duration.ofMillis(1 + random.nextInt(25_000)))
        : retry;
  }

  private Do doing(Trip trip, String step) {
    check("do" + step);
    return new Do(trip.id(), step);
  }

  private Trip folding(Trip trip, Done done, String step) {
    check("fold" + step);
    return trip.with(done);
  }

  private Undo undoing(Trip trip, Done done, String step) {
    check("undo" + step);
    return new Undo(trip.id(), step, done.receipt());
  }

  private UndoBlind undoingBlindly(Trip trip, String step) {
    check("undo" + step);
    return new UndoBlind(trip.id(), step);
  }

  private void check(String function) {
    if (defects.contains(function)) {
      throw new IllegalStateException("defect in " + function);
    }
  }
}
