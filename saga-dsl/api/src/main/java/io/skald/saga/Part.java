package io.skald.saga;

import io.skald.saga.message.MessageType;
import io.skald.saga.message.StepName;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * One part of a definition's story: a step, or a block that has parts of its own. Immutable; made
 * by the builder that {@link Saga#define} begins. All functions are pure and quick.
 *
 * <p>What a block has found out (which way was chosen, which items there are, what was signalled)
 * is journaled when it is found out and never asked again, so a saga goes back the way it came
 * whatever has become of its data.
 *
 * @param <D> what the part's functions see: the saga's data, and inside a {@code forEach} {@link
 *     Each}
 */
public sealed interface Part<D>
    permits StepDefinition,
        Part.InOrder,
        Part.Parallel,
        Part.When,
        Part.ForEach,
        Part.Await,
        Part.Pause {

  /** Parts that run one after the other, and are undone in reverse. */
  record InOrder<D>(List<Part<D>> parts) implements Part<D> {

    public InOrder {
      parts = List.copyOf(parts);
    }
  }

  /** Parts that run side by side; what follows waits for all. They are undone side by side too. */
  record Parallel<D>(StepName name, List<Part<D>> branches) implements Part<D> {

    public Parallel {
      Objects.requireNonNull(name, "name");
      branches = List.copyOf(branches);
    }
  }

  /** One of two ways, by what the data says when the story comes here. */
  record When<D>(
      StepName name, Predicate<? super D> condition, InOrder<D> then, InOrder<D> otherwise)
      implements Part<D> {

    public When {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(condition, "condition");
      Objects.requireNonNull(then, "then");
      Objects.requireNonNull(otherwise, "otherwise");
    }
  }

  /**
   * The same story for each item of a collection, side by side. The items are taken when the story
   * comes here.
   *
   * @param key tells items apart, for good: it addresses the item's steps
   * @param atOnce how many items are under way at once, at most
   */
  record ForEach<D, I>(
      StepName name,
      Class<I> itemType,
      Function<? super D, ? extends Collection<? extends I>> items,
      Function<? super I, String> key,
      int atOnce,
      InOrder<Each<D, I>> body)
      implements Part<D> {

    public ForEach {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(itemType, "itemType");
      Objects.requireNonNull(items, "items");
      Objects.requireNonNull(key, "key");
      Objects.requireNonNull(body, "body");
    }
  }

  /**
   * The story waits for a signal from outside; it may have come before.
   *
   * @param limit for how long, from when the story comes here
   * @param onSignal folds the signal into the data
   * @param late what happens instead when the limit passes; empty when the saga then turns back, or
   *     after the pivot parks
   */
  record Await<D>(
      StepName name,
      Class<?> signalClass,
      MessageType signalType,
      Duration limit,
      BiFunction<? super D, Object, ? extends D> onSignal,
      Optional<InOrder<D>> late)
      implements Part<D> {

    public Await {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(signalClass, "signalClass");
      Objects.requireNonNull(signalType, "signalType");
      Objects.requireNonNull(limit, "limit");
      Objects.requireNonNull(onSignal, "onSignal");
      Objects.requireNonNull(late, "late");
    }
  }

  /** The story stands still for this long. */
  record Pause<D>(StepName name, Duration time) implements Part<D> {

    public Pause {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(time, "time");
    }
  }

  /** Whether this part has a name of its own, and which. */
  default Optional<StepName> nameIfAny() {
    return switch (this) {
      case StepDefinition<D> step -> Optional.of(step.name());
      case InOrder<D> inOrder -> Optional.empty();
      case Parallel<D> parallel -> Optional.of(parallel.name());
      case When<D> when -> Optional.of(when.name());
      case ForEach<D, ?> forEach -> Optional.of(forEach.name());
      case Await<D> await -> Optional.of(await.name());
      case Pause<D> pause -> Optional.of(pause.name());
    };
  }

  /** The parts right inside this one, in the order in which they are written. */
  default List<? extends Part<?>> inside() {
    return switch (this) {
      case StepDefinition<D> step -> List.of();
      case InOrder<D> inOrder -> inOrder.parts();
      case Parallel<D> parallel -> parallel.branches();
      case When<D> when -> List.of(when.then(), when.otherwise());
      case ForEach<D, ?> forEach -> List.of(forEach.body());
      case Await<D> await -> await.late().map(List::of).orElse(List.of());
      case Pause<D> pause -> List.of();
    };
  }
}
