package io.skald.saga;

import java.time.Duration;
import java.util.Objects;
import java.util.function.BiFunction;

/** Right behind the pivot, or a step after it, of which more may be said. */
final class ForwardStage<D, R> extends AfterPivotStage<D> implements Saga.Forward<D, R> {

  private final StepDraft<D> draft;

  ForwardStage(StoryBuilder<D> story, StepDraft<D> draft) {
    super(story);
    this.draft = draft;
  }

  @Override
  public Saga.Forward<D, R> timeout(Duration timeout) {
    story.mayBeSaid(this, draft);
    draft.timeout(timeout);
    return this;
  }

  @Override
  public Saga.Forward<D, R> retry(Retry retry) {
    story.mayBeSaid(this, draft);
    draft.retry = Objects.requireNonNull(retry, "retry");
    return this;
  }

  @Override
  public Saga.Forward<D, R> onReply(BiFunction<? super D, ? super R, ? extends D> fold) {
    story.mayBeSaid(this, draft);
    draft.fold(fold);
    return this;
  }
}
