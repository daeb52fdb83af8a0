package io.skald.simulation;

import io.skald.saga.Each;
import io.skald.saga.Retry;
import io.skald.saga.Saga;
import io.skald.saga.message.Participant;
import io.skald.simulation.Messages.Approved;
import io.skald.simulation.Messages.Do;
import io.skald.simulation.Messages.Done;
import io.skald.simulation.Messages.Leg;
import io.skald.simulation.Messages.Trip;
import io.skald.simulation.Messages.Undo;
import io.skald.simulation.Messages.UndoBlindly;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Draws the parts of a definition, where all functions see the same.
 *
 * @param <D> what they see
 */
final class RandomParts<D> {

  /** Goes on by one part. */
  private interface Draw<S> {
    S part(S stage, int depth);
  }

  private final Chance chance;
  private final RandomStory.Names names;
  private final View<D> view;
  private final Predicate<String> isBroken;
  private final Duration longestWait;
  private final Children children;

  /**
   * @param longestWait the longest await or pause before the pivot
   */
  RandomParts(
      Chance chance,
      RandomStory.Names names,
      View<D> view,
      Predicate<String> isBroken,
      Duration longestWait,
      Children children) {
    this.children = children;
    this.chance = chance;
    this.names = names;
    this.view = view;
    this.isBroken = isBroken;
    this.longestWait = longestWait;
  }

  /** So many parts that stand before the pivot. */
  Saga.BeforePivot<D> before(Saga.BeforePivot<D> stage, int count, int depth) {
    return several(stage, count, depth, this::before);
  }

  /** So many parts that stand after the pivot. */
  Saga.AfterPivot<D> after(Saga.AfterPivot<D> stage, int count, int depth) {
    return several(stage, count, depth, this::after);
  }

  private static <S> S several(S stage, int count, int depth, Draw<S> draw) {
    S last = stage;
    for (int i = 0; i < count; i++) {
      last = draw.part(last, depth);
    }
    return last;
  }

  private Saga.BeforePivot<D> before(Saga.BeforePivot<D> stage, int depth) {
    if (children.comesBefore()) {
      return childBefore(stage);
    }
    if (depth == 0 || chance.oneIn(2)) {
      return undoable(stage, names.step("s"));
    }
    return canHaveItems() && chance.oneIn(4)
        ? legsBefore(stage, depth - 1)
        : block(stage, depth - 1, longestWait, this::before);
  }

  private Saga.AfterPivot<D> after(Saga.AfterPivot<D> stage, int depth) {
    if (children.comesAfter()) {
      return childAfter(stage);
    }
    if (depth == 0 || chance.oneIn(2)) {
      return retriable(stage, names.step(RandomStory.FORWARD_ONLY));
    }
    return canHaveItems() && chance.oneIn(4)
        ? legsAfter(stage, depth - 1)
        : block(stage, depth - 1, Duration.ofMinutes(10), this::after);
  }

  // --- blocks

  private <S extends Saga.Blocks<D, S>> S block(S stage, int depth, Duration wait, Draw<S> draw) {
    return switch (chance.below(7)) {
      case 0, 1, 2 ->
          stage.parallel(
              names.block("p"),
              branches -> several(branches, chance.between(2, 3), depth, branch(draw)));
      case 3 -> when(stage, depth, draw);
      case 4, 5 -> await(stage, depth, wait, draw);
      default ->
          stage.pause(names.block("z"), chance.duration(Duration.ofMillis(100), shorter(wait)));
    };
  }

  /** A branch of one part, or of several. */
  private <S extends Saga.Blocks<D, S>> Draw<S> branch(Draw<S> draw) {
    return (stage, depth) ->
        chance.oneIn(2)
            ? stage.inOrder(parts -> several(parts, 2, depth, draw))
            : draw.part(stage, depth);
  }

  private <S extends Saga.Blocks<D, S>> S when(S stage, int depth, Draw<S> draw) {
    String name = names.block("w");
    int salt = chance.below(2);
    Predicate<D> condition =
        data -> {
          check("ask", name);
          return (view.amount(data) + view.trip(data).receipts().size()) % 2 == salt;
        };
    return chance.oneIn(3)
        ? stage.when(name, condition, then -> several(then, 1, depth, draw))
        : stage.when(
            name,
            condition,
            then -> several(then, chance.between(1, 2), depth, draw),
            otherwise -> several(otherwise, chance.below(3), depth, draw));
  }

  private <S extends Saga.Blocks<D, S>> S await(
      S stage, int depth, Duration longest, Draw<S> draw) {
    String name = names.block("a");
    Duration limit = chance.duration(Duration.ofMillis(500), longest);
    BiFunction<D, Approved, D> fold =
        (data, approved) -> {
          check("ask", name);
          return view.with(data, view.trip(data).with("approved by " + approved.by()));
        };
    return chance.oneIn(2)
        ? stage.await(name, Approved.class, limit, fold)
        : stage.await(
            name,
            Approved.class,
            limit,
            fold,
            late -> several(late, chance.between(1, 2), depth, draw));
  }

  private static Duration shorter(Duration wait) {
    Duration minutes = Duration.ofMinutes(2);
    return wait.compareTo(minutes) < 0 ? wait : minutes;
  }

  // --- for each leg

  private boolean canHaveItems() {
    return view instanceof View.Whole;
  }

  private Saga.BeforePivot<D> legsBefore(Saga.BeforePivot<D> stage, int depth) {
    String name = names.block("e");
    return stage.forEach(
        name,
        Leg.class,
        data -> legs(data, name),
        Leg::name,
        chance.between(1, 3),
        body -> legParts().before(body, chance.between(1, 2), depth));
  }

  private Saga.AfterPivot<D> legsAfter(Saga.AfterPivot<D> stage, int depth) {
    String name = names.block("e");
    return stage.forEach(
        name,
        Leg.class,
        data -> legs(data, name),
        Leg::name,
        chance.between(1, 3),
        body -> legParts().after(body, chance.between(1, 2), depth));
  }

  private List<Leg> legs(D data, String block) {
    check("ask", block);
    return view.trip(data).legs();
  }

  private RandomParts<Each<D, Leg>> legParts() {
    return new RandomParts<>(
        chance, names, new View.OfLeg<>(view), isBroken, longestWait, children);
  }

  // --- sagas

  private Saga.BeforePivot<D> childBefore(Saga.BeforePivot<D> stage) {
    String name = names.step("c");
    return stage
        .subSaga(name, children.undoable(), data -> asked(data, name))
        .timeout(children.timeout(longestWait))
        .retry(retry())
        .onEnd((data, child) -> ended(data, child, name));
  }

  private Saga.AfterPivot<D> childAfter(Saga.AfterPivot<D> stage) {
    String name = names.step("c");
    return stage
        .subSaga(name, children.any(), data -> asked(data, name))
        .timeout(children.timeout(Duration.ofHours(2)))
        .retry(retry());
  }

  private Trip asked(D data, String step) {
    check("do", step);
    return new Trip(view.trip(data).id() + "/" + step, view.amount(data), List.of());
  }

  private D ended(D data, Trip child, String step) {
    check("fold", step);
    return view.with(data, view.trip(data).with(child.receipts().size() + " of " + step));
  }

  // --- steps

  /** One step that can be undone. */
  Saga.BeforePivot<D> step(Saga.BeforePivot<D> stage) {
    return undoable(stage, names.step("s"));
  }

  private Saga.BeforePivot<D> undoable(Saga.BeforePivot<D> steps, String name) {
    Saga.OwesCompensation<D, Done> step =
        steps.step(name, participant(), Do.class, doing(name)).timeout(timeout()).retry(retry());
    if (chance.oneIn(2)) {
      step.compensationRetry(patientRetry());
    }
    if (chance.oneIn(2)) {
      step.onReply((data, done) -> folding(data, done, name));
    }
    return switch (chance.below(5)) {
      case 0 -> step.nothingToCompensate();
      case 1, 2 -> step.compensate(UndoBlindly.class, data -> undoingBlindly(data, name));
      default ->
          step.compensate(
              Undo.class,
              (data, done) -> undoing(data, done, name),
              UndoBlindly.class,
              data -> undoingBlindly(data, name));
    };
  }

  private Saga.AfterPivot<D> retriable(Saga.AfterPivot<D> steps, String name) {
    return tuned(steps.then(name, participant(), Do.class, doing(name)), name);
  }

  Saga.Forward<D, Done> tuned(Saga.Forward<D, Done> step, String name) {
    step.timeout(timeout()).retry(chance.oneIn(3) ? retry() : patientRetry());
    return chance.oneIn(2) ? step.onReply((data, done) -> folding(data, done, name)) : step;
  }

  Participant participant() {
    return chance.pick(RandomStory.PARTICIPANTS);
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
    return chance.oneIn(5) ? retry.stopOn(RandomStory.FINAL_CODE) : retry;
  }

  /** One that tries for long, but not often. */
  private Retry patientRetry() {
    Retry retry =
        Retry.exponential(chance.duration(Duration.ofMillis(10), Duration.ofSeconds(2)))
            .maxDelay(chance.duration(Duration.ofMinutes(1), Duration.ofHours(2)));
    return chance.oneIn(2) ? retry.unlimited() : retry.within(Duration.ofHours(24));
  }

  // --- functions

  Function<D, Do> doing(String step) {
    return data -> {
      check("do", step);
      return new Do(view.trip(data).id(), step, view.amount(data));
    };
  }

  private D folding(D data, Done done, String step) {
    check("fold", step);
    return view.with(data, view.trip(data).with(done.receipt()));
  }

  private Undo undoing(D data, Done done, String step) {
    check("undo", step);
    return new Undo(view.trip(data).id(), step, done.receipt());
  }

  private UndoBlindly undoingBlindly(D data, String step) {
    check("undo", step);
    return new UndoBlindly(view.trip(data).id(), step);
  }

  private void check(String kind, String step) {
    if (isBroken.test(kind + step)) {
      throw new IllegalStateException("A defect of the definition: " + kind + " " + step);
    }
  }
}
