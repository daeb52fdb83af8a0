package io.skald.saga;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** What a stage before the pivot and one after it have in common. */
abstract class BlocksStage<D, S extends Saga.Blocks<D, S>> implements Saga.Blocks<D, S> {

  final StoryBuilder<D> story;
  private final Function<StoryBuilder<D>, S> next;

  BlocksStage(StoryBuilder<D> story, Function<StoryBuilder<D>, S> next) {
    this.story = story;
    this.next = next;
  }

  final S with(BlockDraft<D> block) {
    story.add(this, block);
    return story.goOnTo(next.apply(story));
  }

  private List<PartDraft<D>> block(String name, UnaryOperator<S> body) {
    return story.block(name, next, Objects.requireNonNull(body, "body"));
  }

  @Override
  public S parallel(String name, UnaryOperator<S> branches) {
    return with(new BlockDraft.Parallel<>(name, block(name, branches)));
  }

  @Override
  public S inOrder(UnaryOperator<S> parts) {
    return with(new BlockDraft.InOrder<>(block("", parts)));
  }

  @Override
  public S when(String name, Predicate<? super D> condition, UnaryOperator<S> then) {
    return with(new BlockDraft.When<>(name, condition, block(name, then), List.of()));
  }

  @Override
  public S when(
      String name,
      Predicate<? super D> condition,
      UnaryOperator<S> then,
      UnaryOperator<S> otherwise) {
    return with(new BlockDraft.When<>(name, condition, block(name, then), block(name, otherwise)));
  }

  @Override
  public <A> S await(
      String name,
      Class<A> signal,
      Duration limit,
      BiFunction<? super D, ? super A, ? extends D> onSignal) {
    return await(name, signal, limit, onSignal, Optional.empty());
  }

  @Override
  public <A> S await(
      String name,
      Class<A> signal,
      Duration limit,
      BiFunction<? super D, ? super A, ? extends D> onSignal,
      UnaryOperator<S> late) {
    return await(name, signal, limit, onSignal, Optional.of(block(name, late)));
  }

  private <A> S await(
      String name,
      Class<A> signal,
      Duration limit,
      BiFunction<? super D, ? super A, ? extends D> onSignal,
      Optional<List<PartDraft<D>>> late) {
    Objects.requireNonNull(onSignal, "onSignal");
    return with(
        new BlockDraft.Await<>(name, signal, limit, StepDraft.<D, A, D>erased(onSignal), late));
  }

  @Override
  public S pause(String name, Duration time) {
    return with(new BlockDraft.Pause<>(name, time));
  }
}
