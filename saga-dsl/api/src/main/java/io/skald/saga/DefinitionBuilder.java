package io.skald.saga;

import io.skald.saga.message.Command;
import io.skald.saga.message.MessageType;
import io.skald.saga.message.Participant;
import io.skald.saga.message.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** All stages of {@link Saga}'s builder; the interfaces show a user only what may come next. */
final class DefinitionBuilder<D> implements Saga.Started<D> {

  private final String name;
  private final int version;
  private final Class<D> dataType;
  private final List<StartEvent<D, ?>> startEvents = new ArrayList<>();
  private final List<StepDraft<D>> drafts = new ArrayList<>();
  private Optional<Duration> deadline = Optional.empty();

  DefinitionBuilder(String name, int version, Class<D> dataType) {
    this.name = Objects.requireNonNull(name, "name");
    this.version = version;
    this.dataType = Objects.requireNonNull(dataType, "dataType");
  }

  @Override
  public <E> Saga.Started<D> startedBy(
      Topic topic,
      Class<E> event,
      Function<? super E, String> key,
      Function<? super E, ? extends D> data) {
    startEvents.add(new StartEvent<>(topic, event, key, data::apply));
    return this;
  }

  @Override
  public Saga.Started<D> startedByApi() {
    return this;
  }

  @Override
  public Saga.Started<D> deadline(Duration deadline) {
    this.deadline = Optional.of(deadline);
    return this;
  }

  @Override
  public <R, C extends Command<R>> Saga.OwesCompensation<D, R> step(
      String name, Participant participant, Class<C> type, Function<? super D, ? extends C> make) {
    return new CompensatableStage<>(draft(name, StepKind.COMPENSATABLE, participant, type, make));
  }

  @Override
  public <R, C extends Command<R>> Saga.Forward<D, R> pivot(
      String name, Participant participant, Class<C> type, Function<? super D, ? extends C> make) {
    return new ForwardStage<>(draft(name, StepKind.PIVOT, participant, type, make));
  }

  @Override
  public SagaDefinition<D> build() {
    List<String> faults =
        DefinitionCheck.faults(name, version, dataType, startEvents, deadline, drafts);
    if (!faults.isEmpty()) {
      throw new InvalidDefinitionException(faults);
    }
    List<StepDefinition<D>> steps = drafts.stream().map(StepDraft::finished).toList();
    return new SagaDefinition<>(name, version, dataType, startEvents, deadline, steps);
  }

  private <C extends Command<?>> StepDraft<D> draft(
      String name,
      StepKind kind,
      Participant participant,
      Class<C> type,
      Function<? super D, ? extends C> make) {
    StepDraft<D> draft = new StepDraft<>(name, kind, participant, type, make);
    drafts.add(draft);
    return draft;
  }

  private final class CompensatableStage<R> implements Saga.OwesCompensation<D, R> {

    private final StepDraft<D> draft;

    CompensatableStage(StepDraft<D> draft) {
      this.draft = draft;
    }

    @Override
    public Saga.OwesCompensation<D, R> timeout(Duration timeout) {
      draft.timeout = Objects.requireNonNull(timeout, "timeout");
      return this;
    }

    @Override
    public Saga.OwesCompensation<D, R> retry(Retry retry) {
      draft.retry = Objects.requireNonNull(retry, "retry");
      return this;
    }

    @Override
    public Saga.OwesCompensation<D, R> compensationRetry(Retry retry) {
      draft.compensationRetry = Objects.requireNonNull(retry, "retry");
      return this;
    }

    @Override
    public Saga.OwesCompensation<D, R> onReply(BiFunction<? super D, ? super R, ? extends D> fold) {
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
      draft.compensation =
          Optional.of(
              new Compensation<D>(
                  MessageType.of(type),
                  MessageType.of(unknownType),
                  StepDraft.erased(afterSuccess),
                  whenUnknown,
                  draft.timeout,
                  draft.compensationRetry));
      return DefinitionBuilder.this;
    }

    @Override
    public Saga.BeforePivot<D> nothingToCompensate() {
      return DefinitionBuilder.this;
    }
  }

  private final class ForwardStage<R> implements Saga.Forward<D, R> {

    private final StepDraft<D> draft;

    ForwardStage(StepDraft<D> draft) {
      this.draft = draft;
    }

    @Override
    public Saga.Forward<D, R> timeout(Duration timeout) {
      draft.timeout = Objects.requireNonNull(timeout, "timeout");
      return this;
    }

    @Override
    public Saga.Forward<D, R> retry(Retry retry) {
      draft.retry = Objects.requireNonNull(retry, "retry");
      return this;
    }

    @Override
    public Saga.Forward<D, R> onReply(BiFunction<? super D, ? super R, ? extends D> fold) {
      draft.fold(fold);
      return this;
    }

    @Override
    public <S, C extends Command<S>> Saga.Forward<D, S> then(
        String name,
        Participant participant,
        Class<C> type,
        Function<? super D, ? extends C> make) {
      return new ForwardStage<>(draft(name, StepKind.RETRIABLE, participant, type, make));
    }

    @Override
    public SagaDefinition<D> build() {
      return DefinitionBuilder.this.build();
    }
  }
}
