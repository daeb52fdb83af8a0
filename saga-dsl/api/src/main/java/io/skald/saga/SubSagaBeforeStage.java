package io.skald.saga;

import java.time.Duration;
import java.util.Objects;
import java.util.function.BiFunction;

/** Behind a step before the pivot that is a saga, of which more may be said. */
final class SubSagaBeforeStage<D, C> extends BeforePivotStage<D>
    implements Saga.SubSagaBeforePivot<D, C> {

  private final StepDraft<D> draft;

  SubSagaBeforeStage(StoryBuilder<D> story, StepDraft<D> draft) {
    super(story);
    this.draft = draft;
  }

  @Override
  public Saga.SubSagaBeforePivot<D, C> timeout(Duration timeout) {
    story.mayBeSaid(this, draft);
    draft.timeout(timeout);
    return this;
  }

  @Override
  public Saga.SubSagaBeforePivot<D, C> retry(Retry retry) {
    story.mayBeSaid(this, draft);
    draft.retry = Objects.requireNonNull(retry, "retry");
    return this;
  }

  @Override
  public Saga.SubSagaBeforePivot<D, C> compensationRetry(Retry retry) {
    story.mayBeSaid(this, draft);
    draft.compensationRetry = Objects.requireNonNull(retry, "retry");
    return this;
  }

  @Override
  public Saga.SubSagaBeforePivot<D, C> onEnd(BiFunction<? super D, ? super C, ? extends D> fold) {
    story.mayBeSaid(this, draft);
    draft.fold(fold);
    return this;
  }
}
