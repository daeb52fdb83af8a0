package io.skald.saga;

import io.skald.saga.message.Command;
import io.skald.saga.message.Participant;
import java.util.Collection;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Between two parts before the pivot. */
class BeforePivotStage<D> extends BlocksStage<D, Saga.BeforePivot<D>>
    implements Saga.BeforePivot<D> {

  BeforePivotStage(StoryBuilder<D> story) {
    super(story, BeforePivotStage::new);
  }

  @Override
  public <R, C extends Command<R>> Saga.OwesCompensation<D, R> step(
      String name, Participant participant, Class<C> type, Function<? super D, ? extends C> make) {
    return story.goOnTo(
        new CompensatableStage<>(
            story, story.step(this, name, StepKind.COMPENSATABLE, participant, type, make)));
  }

  @Override
  public <I> Saga.BeforePivot<D> forEach(
      String name,
      Class<I> itemType,
      Function<? super D, ? extends Collection<? extends I>> items,
      Function<? super I, String> key,
      int atOnce,
      UnaryOperator<Saga.BeforePivot<Each<D, I>>> body) {
    return with(
        new BlockDraft.ForEach<>(
            name,
            itemType,
            items,
            key,
            atOnce,
            story.<Each<D, I>, Saga.BeforePivot<Each<D, I>>>block(
                name, BeforePivotStage::new, body)));
  }

  @Override
  public <C> Saga.SubSagaBeforePivot<D, C> subSaga(
      String name, SagaDefinition<C> child, Function<? super D, ? extends C> data) {
    return story.goOnTo(
        new SubSagaBeforeStage<>(
            story, story.subSaga(this, name, StepKind.COMPENSATABLE, child, data)));
  }

  @Override
  public <R, C extends Command<R>> Saga.Forward<D, R> pivot(
      String name, Participant participant, Class<C> type, Function<? super D, ? extends C> make) {
    return story.goOnTo(
        new ForwardStage<>(story, story.step(this, name, StepKind.PIVOT, participant, type, make)));
  }

  @Override
  public SagaDefinition<D> build() {
    return story.build(this);
  }
}
