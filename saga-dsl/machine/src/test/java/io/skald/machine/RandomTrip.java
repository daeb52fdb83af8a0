package io.skald.machine;

import io.skald.machine.Trips.Do;
import io.skald.machine.Trips.Done;
import io.skald.machine.Trips.Trip;
import io.skald.machine.Trips.Undo;
import io.skald.machine.Trips.UndoBlind;
import io.skald.saga.Each;
import io.skald.saga.Exclusive;
import io.skald.saga.Retry;
import io.skald.saga.Saga;
import io.skald.saga.SagaDefinition;
import io.skald.saga.message.Participant;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A random definition: steps that can be undone or need not be, perhaps a pivot, and some steps
 * behind it; one after the other, or with all the blocks that there are. Each of its functions can
 * be given a defect for a while.
 */
final class RandomTrip {

  private static final List<Participant> PARTICIPANTS =
      List.of(Trips.HOTEL, Trips.FLIGHT, Trips.BANK);
  private static final int DEEPEST = 2;

  /** What an await waits for. */
  record Approved(String by) {}

  private final Random random;
  private final Set<String> defects = new HashSet<>();
  private final SagaDefinition<Trip> definition;
  private final boolean hurried;
  private int blocks;
  private int steps;

  /**
   * @param withBlocks whether it has blocks, or is one step after the other
   */
  RandomTrip(Random random, boolean withBlocks) {
    this.random = random;
    Saga.Started<Trip> head = Saga.define("trip", 1, Trip.class).startedByApi();
    hurried = random.nextInt(3) == 0;
    if (hurried) {
      head.deadline(Duration.ofSeconds(25 + random.nextInt(100)));
    }
    if (random.nextInt(3) == 0) {
      head.exclusive(random.nextInt(4) == 0 ? Exclusive.REJECT : Exclusive.QUEUE);
    }
    Drawing<Trip> drawing =
        new Drawing<>(trip -> trip, (old, trip) -> trip, trip -> "", withBlocks ? 0 : DEEPEST + 1);
    Saga.BeforePivot<Trip> story = head;
    int before = 1 + random.nextInt(withBlocks ? 4 : 8);
    for (int i = 0; i < before; i++) {
      story = drawing.next(story);
    }
    if (steps > 0 && random.nextBoolean()) {
      definition = story.build();
      return;
    }
    Saga.AfterPivot<Trip> last = drawing.pivot(story);
    int after = random.nextInt(withBlocks ? 3 : 4);
    for (int i = 0; i < after; i++) {
      last = drawing.next(last);
    }
    definition = last.build();
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

  /**
   * Draws parts whose functions see a D.
   *
   * @param trip the trip in a D
   * @param with a D with another trip
   * @param item what the item's steps have behind their names
   */
  private final class Drawing<D> {

    private final Function<D, Trip> trip;
    private final BiFunction<D, Trip, D> with;
    private final Function<D, String> item;
    private final int depth;

    Drawing(
        Function<D, Trip> trip, BiFunction<D, Trip, D> with, Function<D, String> item, int depth) {
      this.trip = trip;
      this.with = with;
      this.item = item;
      this.depth = depth;
    }

    Saga.BeforePivot<D> next(Saga.BeforePivot<D> story) {
      int kind = depth > DEEPEST ? 0 : random.nextInt(12);
      String block = "b" + ++blocks;
      if (kind == 11 && depth == 0) {
        return story.forEach(
            block, String.class, this::items, key -> key, atOnce(), p -> each().some(p, 1));
      }
      return switch (kind) {
        case 6, 7 -> story.parallel(block, p -> deeper().some(p, 2));
        case 8 -> story.when(block, this::holds, p -> deeper().some(p, 1));
        case 9 ->
            story.when(block, this::holds, p -> deeper().some(p, 1), p -> deeper().some(p, 1));
        case 5 -> story.inOrder(p -> deeper().some(p, 1));
        case 4 ->
            random.nextBoolean()
                ? story.pause(block, limit())
                : random.nextBoolean()
                    ? story.await(block, Approved.class, limit(), this::approved)
                    : story.await(
                        block, Approved.class, limit(), this::approved, p -> deeper().some(p, 1));
        default -> step(story, "s" + ++steps);
      };
    }

    Saga.AfterPivot<D> next(Saga.AfterPivot<D> story) {
      int kind = depth > DEEPEST ? 0 : random.nextInt(12);
      String block = "b" + ++blocks;
      if (kind == 11 && depth == 0) {
        return story.forEach(
            block, String.class, this::items, key -> key, atOnce(), p -> each().some(p, 1));
      }
      return switch (kind) {
        case 6, 7 -> story.parallel(block, p -> deeper().some(p, 2));
        case 8 -> story.when(block, this::holds, p -> deeper().some(p, 1));
        case 9 ->
            story.when(block, this::holds, p -> deeper().some(p, 1), p -> deeper().some(p, 1));
        case 5 -> story.inOrder(p -> deeper().some(p, 1));
        case 4 ->
            random.nextBoolean()
                ? story.pause(block, limit())
                : story.await(block, Approved.class, limit(), this::approved);
        default -> {
          String name = "r" + ++steps;
          yield tuned(story.then(name, participant(), Do.class, d -> doing(d, name)), name);
        }
      };
    }

    Saga.Forward<D, Done> pivot(Saga.BeforePivot<D> story) {
      return tuned(story.pivot("pivot", participant(), Do.class, d -> doing(d, "pivot")), "pivot");
    }

    private Saga.BeforePivot<D> some(Saga.BeforePivot<D> story, int least) {
      Saga.BeforePivot<D> last = story;
      for (int i = least + random.nextInt(2); i > 0; i--) {
        last = next(last);
      }
      return last;
    }

    private Saga.AfterPivot<D> some(Saga.AfterPivot<D> story, int least) {
      Saga.AfterPivot<D> last = story;
      for (int i = least + random.nextInt(2); i > 0; i--) {
        last = next(last);
      }
      return last;
    }

    private Drawing<D> deeper() {
      return new Drawing<>(trip, with, item, depth + 1);
    }

    private Drawing<Each<D, String>> each() {
      return new Drawing<>(
          each -> trip.apply(each.data()),
          (each, next) -> each.with(with.apply(each.data(), next)),
          each -> "/" + each.item(),
          depth + 1);
    }

    private Saga.BeforePivot<D> step(Saga.BeforePivot<D> story, String name) {
      Saga.OwesCompensation<D, Done> step =
          story
              .step(name, participant(), Do.class, d -> doing(d, name))
              .timeout(timeout())
              .retry(retry())
              .compensationRetry(retry());
      if (random.nextBoolean()) {
        step.onReply((d, done) -> folding(d, done, name));
      }
      return switch (random.nextInt(4)) {
        case 0 -> step.nothingToCompensate();
        case 1 -> step.compensate(UndoBlind.class, d -> undoingBlindly(d, name));
        default ->
            step.compensate(
                Undo.class,
                (d, done) -> undoing(d, done, name),
                UndoBlind.class,
                d -> undoingBlindly(d, name));
      };
    }

    private Saga.Forward<D, Done> tuned(Saga.Forward<D, Done> step, String name) {
      step.timeout(timeout()).retry(random.nextInt(4) == 0 ? retry().unlimited() : retry());
      return random.nextBoolean() ? step.onReply((d, done) -> folding(d, done, name)) : step;
    }

    /** They change with the data, so asked twice they would not be the same. */
    private List<String> items(D d) {
      return IntStream.range(0, trip.apply(d).receipts().size() % 4)
          .mapToObj(i -> "i" + i)
          .toList();
    }

    private boolean holds(D d) {
      return trip.apply(d).receipts().size() % 2 == 0;
    }

    private D approved(D d, Approved approved) {
      return with.apply(d, trip.apply(d).with(new Done("approved by " + approved.by())));
    }

    private Do doing(D d, String step) {
      check("do" + step);
      return new Do(trip.apply(d).id(), step + item.apply(d));
    }

    private D folding(D d, Done done, String step) {
      check("fold" + step);
      return with.apply(d, trip.apply(d).with(done));
    }

    private Undo undoing(D d, Done done, String step) {
      check("undo" + step);
      return new Undo(trip.apply(d).id(), step + item.apply(d), done.receipt());
    }

    private UndoBlind undoingBlindly(D d, String step) {
      check("undo" + step);
      return new UndoBlind(trip.apply(d).id(), step + item.apply(d));
    }
  }

  private int atOnce() {
    return 1 + random.nextInt(3);
  }

  /** Short beside a deadline: a definition that can't keep it is refused. */
  private Duration limit() {
    return Duration.ofMillis(hurried ? 100 + random.nextInt(900) : 500 + random.nextInt(20_000));
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

  private void check(String function) {
    if (defects.contains(function)) {
      throw new IllegalStateException("defect in " + function);
    }
  }
}
