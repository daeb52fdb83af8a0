package io.skald.saga;

import io.skald.saga.message.Command;
import io.skald.saga.message.Participant;
import io.skald.saga.message.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * All stages of {@link Saga}'s builder; the interfaces show a user only what may come next.
 *
 * <p>The stages share one story, so a user who keeps an old stage could go back on it: compensate a
 * step twice, leave one without its compensation, add a step behind the pivot's back. The compiler
 * can't refuse that; each use of a stage that was left is noted, and {@code build()} refuses it.
 */
final class DefinitionBuilder<D> {

  private final String name;
  private final int version;
  private final Class<D> dataType;
  private final List<StartEvent<D, ?>> startEvents = new ArrayList<>();
  private final List<StepDraft<D>> drafts = new ArrayList<>();
  private final List<String> detours = new ArrayList<>();
  private Optional<Duration> deadline = Optional.empty();
  private Object latestStage = this;

  DefinitionBuilder(String name, int version, Class<D> dataType) {
    this.name = Objects.requireNonNull(name, "name");
    this.version = version;
    this.dataType = Objects.requireNonNull(dataType, "dataType");
  }

  Saga.Head<D> head() {
    return goOnTo(new HeadStage());
  }

  private <S> S goOnTo(S stage) {
    latestStage = stage;
    return stage;
  }

  private void mustBeLatest(Object stage, String subject, String detour) {
    if (stage != latestStage) {
      detours.add("Saga '" + name + "'" + subject + " " + detour);
    }
  }

  private void mayBeSaid(Object stage, StepDraft<D> draft) {
    mustBeLatest(
        stage,
        ": step '" + draft.name + "'",
        "is changed after the story has gone on; say all about a step in one chain, and once");
  }

  private <C extends Command<?>> StepDraft<D> draft(
      Object stage,
      String step,
      StepKind kind,
      Participant participant,
      Class<C> type,
      Function<? super D, ? extends C> make) {
    mustBeLatest(
        stage,
        ": step '" + step + "'",
        "is added at a place that the story has left; add each step to what the one before it gave");
    StepDraft<D> draft = new StepDraft<>(step, kind, participant, type, make);
    drafts.add(draft);
    return draft;
  }

  private SagaDefinition<D> build(Object stage) {
    List<String> faults =
        DefinitionCheck.faults(name, version, dataType, startEvents, deadline, drafts);
    faults.addAll(detours);
    if (stage != latestStage) {
      faults.add(
          "Saga '"
              + name
              + "' is built at a place that the story has left; call build() on what the last step"
              + " gave");
    }
    if (!faults.isEmpty()) {
      throw new InvalidDefinitionException(faults);
    }
    List<StepDefinition<D>> steps = drafts.stream().map(StepDraft::finished).toList();
    return new SagaDefinition<>(name, version, dataType, startEvents, deadline, steps);
  }

  private class BetweenSteps implements Saga.BeforePivot<D> {

    @Override
    public <R, C extends Command<R>> Saga.OwesCompensation<D, R> step(
        String name,
        Participant participant,
        Class<C> type,
        Function<? super D, ? extends C> make) {
      return goOnTo(
          new CompensatableStage<>(
              draft(this, name, StepKind.COMPENSATABLE, participant, type, make)));
    }

    @Override
    public <R, C extends Command<R>> Saga.Forward<D, R> pivot(
        String name,
        Participant participant,
        Class<C> type,
        Function<? super D, ? extends C> make) {
      return goOnTo(new ForwardStage<>(draft(this, name, StepKind.PIVOT, participant, type, make)));
    }

    @Override
    public SagaDefinition<D> build() {
      return DefinitionBuilder.this.build(this);
    }
  }

  private final class HeadStage extends BetweenSteps implements Saga.Started<D> {

    @Override
    public <E> Saga.Started<D> startedBy(
        Topic topic,
        Class<E> event,
        Function<? super E, String> key,
        Function<? super E, ? extends D> data) {
      mustBeLatest(this, "", "is told how it starts after its first step; say so before it");
      Objects.requireNonNull(data, "data");
      startEvents.add(new StartEvent<>(topic, event, key, data::apply));
      return this;
    }

    @Override
    public Saga.Started<D> startedByApi() {
      return this;
    }

    @Override
    public Saga.Started<D> deadline(Duration deadline) {
      mustBeLatest(this, "", "is given its deadline after its first step; say it before that");
      DefinitionBuilder.this.deadline = Optional.of(Objects.requireNonNull(deadline, "deadline"));
      return this;
    }
  }

  private final class CompensatableStage<R> implements Saga.OwesCompensation<D, R> {

    private final StepDraft<D> draft;

    CompensatableStage(StepDraft<D> draft) {
      this.draft = draft;
    }

    @Override
    public Saga.OwesCompensation<D, R> timeout(Duration timeout) {
      mayBeSaid(this, draft);
      draft.timeout = Objects.requireNonNull(timeout, "timeout");
      return this;
    }

    @Override
    public Saga.OwesCompensation<D, R> retry(Retry retry) {
      mayBeSaid(this, draft);
      draft.retry = Objects.requireNonNull(retry, "retry");
      return this;
    }

    @Override
    public Saga.OwesCompensation<D, R> compensationRetry(Retry retry) {
      mayBeSaid(this, draft);
      draft.compensationRetry = Objects.requireNonNull(retry, "retry");
      return this;
    }

    @Override
    public Saga.OwesCompensation<D, R> onReply(BiFunction<? super D, ? super R, ? extends D> fold) {
      mayBeSaid(this, draft);
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
      mayBeSaid(this, draft);
      draft.compensateBy(type, afterSuccess, unknownType, whenUnknown);
      return goOnTo(new BetweenSteps());
    }

    @Override
    public Saga.BeforePivot<D> nothingToCompensate() {
      mayBeSaid(this, draft);
      draft.owesCompensation = false;
      return goOnTo(new BetweenSteps());
    }
  }

  private final class ForwardStage<R> implements Saga.Forward<D, R> {

    private final StepDraft<D> draft;

    ForwardStage(StepDraft<D> draft) {
      this.draft = draft;
    }

    @Override
    public Saga.Forward<D, R> timeout(Duration timeout) {
      mayBeSaid(this, draft);
      draft.timeout = Objects.requireNonNull(timeout, "timeout");
      return this;
    }

    @Override
    public Saga.Forward<D, R> retry(Retry retry) {
      mayBeSaid(this, draft);
      draft.retry = Objects.requireNonNull(retry, "retry");
      return this;
    }

    @Override
    public Saga.Forward<D, R> onReply(BiFunction<? super D, ? super R, ? extends D> fold) {
      mayBeSaid(this, draft);
      draft.fold(fold);
      return this;
    }

    @Override
    public <S, C extends Command<S>> Saga.Forward<D, S> then(
        String name,
        Participant participant,
        Class<C> type,
        Function<? super D, ? extends C> make) {
      return goOnTo(
          new ForwardStage<>(draft(this, name, StepKind.RETRIABLE, participant, type, make)));
    }

    @Override
    public SagaDefinition<D> build() {
      return DefinitionBuilder.this.build(this);
    }
  }
}
