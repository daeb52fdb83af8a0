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

/** A block as the builder has it; see {@link Part} for what each is. */
sealed interface BlockDraft<D> extends PartDraft<D> {

  /** The parts right inside of it, in the order in which they are written. */
  List<? extends List<? extends PartDraft<?>>> inside();

  private static <D> Part.InOrder<D> finished(List<PartDraft<D>> parts) {
    return new Part.InOrder<>(parts.stream().map(PartDraft::finished).toList());
  }

  record InOrder<D>(List<PartDraft<D>> parts) implements BlockDraft<D> {

    @Override
    public String name() {
      return "";
    }

    @Override
    public List<List<PartDraft<D>>> inside() {
      return List.of(parts);
    }

    @Override
    public Part<D> finished() {
      return BlockDraft.finished(parts);
    }
  }

  record Parallel<D>(String name, List<PartDraft<D>> branches) implements BlockDraft<D> {

    public Parallel {
      Objects.requireNonNull(name, "name");
    }

    @Override
    public List<List<PartDraft<D>>> inside() {
      return List.of(branches);
    }

    @Override
    public Part<D> finished() {
      return new Part.Parallel<>(
          new StepName(name), branches.stream().map(PartDraft::finished).toList());
    }
  }

  record When<D>(
      String name,
      Predicate<? super D> condition,
      List<PartDraft<D>> then,
      List<PartDraft<D>> otherwise)
      implements BlockDraft<D> {

    public When {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(condition, "condition");
    }

    @Override
    public List<List<PartDraft<D>>> inside() {
      return List.of(then, otherwise);
    }

    @Override
    public Part<D> finished() {
      return new Part.When<>(
          new StepName(name), condition, BlockDraft.finished(then), BlockDraft.finished(otherwise));
    }
  }

  record ForEach<D, I>(
      String name,
      Class<I> itemType,
      Function<? super D, ? extends Collection<? extends I>> items,
      Function<? super I, String> key,
      int atOnce,
      List<PartDraft<Each<D, I>>> body)
      implements BlockDraft<D> {

    public ForEach {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(itemType, "itemType");
      Objects.requireNonNull(items, "items");
      Objects.requireNonNull(key, "key");
    }

    @Override
    public List<List<PartDraft<Each<D, I>>>> inside() {
      return List.of(body);
    }

    @Override
    public Part<D> finished() {
      return new Part.ForEach<>(
          new StepName(name), itemType, items, key, atOnce, BlockDraft.finished(body));
    }
  }

  record Await<D>(
      String name,
      Class<?> signal,
      Duration limit,
      BiFunction<? super D, Object, ? extends D> onSignal,
      Optional<List<PartDraft<D>>> late)
      implements BlockDraft<D> {

    public Await {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(signal, "signal");
      Objects.requireNonNull(limit, "limit");
    }

    @Override
    public List<List<PartDraft<D>>> inside() {
      return late.map(List::of).orElse(List.of());
    }

    @Override
    public Part<D> finished() {
      return new Part.Await<>(
          new StepName(name),
          signal,
          MessageType.of(signal),
          limit,
          onSignal,
          late.map(BlockDraft::finished));
    }
  }

  record Pause<D>(String name, Duration time) implements BlockDraft<D> {

    public Pause {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(time, "time");
    }

    @Override
    public List<List<PartDraft<D>>> inside() {
      return List.of();
    }

    @Override
    public Part<D> finished() {
      return new Part.Pause<>(new StepName(name), time);
    }
  }
}
