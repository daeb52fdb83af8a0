package io.skald.saga;

import io.skald.saga.message.Command;
import io.skald.saga.message.Participant;
import java.util.Collection;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Between two parts after the pivot. */
class AfterPivotStage<D> extends BlocksStage<D, Saga.AfterPivot<D>> implements Saga.AfterPivot<D> {

  AfterPivotStage(StoryBuilder<D> story) {
    super(story, AfterPivotStage::new);
  }

  @Override
  public <R, C extends Command<R>> Saga.Forward<D, R> then(
      String name, Participant participant, Class<C> type, Function<? super D, ? extends C> make) {
    return story.goOnTo(
        new ForwardStage<>(
            story, story.step(this, name, StepKind.RETRIABLE, participant, type, make)));
  }

  @Override
  public <C> Saga.SubSagaAfterPivot<D, C> subSaga(
      String name, SagaDefinition<C> child, Function<? super D, ? extends C> data) {
    return story.goOnTo(
        new SubSagaAfterStage<>(story, story.subSaga(this, name, StepKind.RETRIABLE, child, data)));
  }

  @Override
  public <I> Saga.AfterPivot<D> forEach(
      String name,
      Class<I> itemType,
      Function<? super D, ? extends Collection<? extends I>> items,
      Function<? super I, String> key,
      int atOnce,
      UnaryOperator<Saga.AfterPivot<Each<D, I>>> body) {
    return with(
        new BlockDraft.ForEach<>(
            name,
            itemType,
            items,
            key,
            atOnce,
            story.<Each<D, I>, Saga.AfterPivot<Each<D, I>>>block(
                name, AfterPivotStage::new, body)));
  }

  @Override
  public SagaDefinition<D> build() {
    return story.build(this);
  }
}
