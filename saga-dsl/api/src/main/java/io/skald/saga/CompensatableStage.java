package io.skald.saga;

import io.skald.saga.message.Command;
import java.time.Duration;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;

/** A step that has yet to say how it is undone. */
final class CompensatableStage<D, R> implements Saga.OwesCompensation<D, R> {

  private final StoryBuilder<D> story;
  private final StepDraft<D> draft;

  CompensatableStage(StoryBuilder<D> story, StepDraft<D> draft) {
    this.story = story;
    this.draft = draft;
  }

  @Override
  public Saga.OwesCompensation<D, R> timeout(Duration timeout) {
    story.mayBeSaid(this, draft);
    draft.timeout(timeout);
    return this;
  }

  @Override
  public Saga.OwesCompensation<D, R> retry(Retry retry) {
    story.mayBeSaid(this, draft);
    draft.retry = Objects.requireNonNull(retry, "retry");
    return this;
  }

  @Override
  public Saga.OwesCompensation<D, R> compensationRetry(Retry retry) {
    story.mayBeSaid(this, draft);
    draft.compensationRetry = Objects.requireNonNull(retry, "retry");
    return this;
  }

  @Override
  public Saga.OwesCompensation<D, R> onReply(BiFunction<? super D, ? super R, ? extends D> fold) {
    story.mayBeSaid(this, draft);
    draft.fold(fold);
    return this;
  }

  @Override
  public <C extends Command<?>> Saga.BeforePivot<D> compensate(
      Class<C> type, Function<? super D, ? extends C> command) {
    Objects.requireNonNull(command, "command");
    return compensate(type, (data, reply) -> command.apply(data), type, command);
  }

  @Override
  public <C extends Command<?>, U extends Command<?>> Saga.BeforePivot<D> compensate(
      Class<C> type,
      BiFunction<? super D, ? super R, ? extends C> afterSuccess,
      Class<U> unknownType,
      Function<? super D, ? extends U> whenUnknown) {
    story.mayBeSaid(this, draft);
    draft.compensateBy(type, afterSuccess, unknownType, whenUnknown);
    return story.goOnTo(new BeforePivotStage<>(story));
  }

  @Override
  public Saga.BeforePivot<D> nothingToCompensate() {
    story.mayBeSaid(this, draft);
    draft.owesCompensation = false;
    return story.goOnTo(new BeforePivotStage<>(story));
  }
}
