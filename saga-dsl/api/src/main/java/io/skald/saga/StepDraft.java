package io.skald.saga;

import io.skald.saga.message.Command;
import io.skald.saga.message.MessageType;
import io.skald.saga.message.Participant;
import io.skald.saga.message.StepName;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** A step as the builder has it: not checked yet, so names are still text. */
final class StepDraft<D> implements PartDraft<D> {

  private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

  /** A child may wait for people and for its own retries. */
  private static final Duration DEFAULT_CHILD_TIMEOUT = Duration.ofDays(1);

  private static final Retry DEFAULT_RETRY = Retry.exponential(Duration.ofMillis(200));
  private static final Retry DEFAULT_COMPENSATION_RETRY =
      Retry.exponential(Duration.ofSeconds(1))
          .maxDelay(Duration.ofMinutes(5))
          .within(Duration.ofHours(24));

  final String name;
  final StepKind kind;
  final Participant participant;
  final Class<? extends Command<?>> commandClass;
  final Function<? super D, ? extends Command<?>> command;
  final Optional<SagaDefinition<?>> child;
  Duration timeout = DEFAULT_TIMEOUT;
  boolean timeoutWasSaid;
  Retry retry = DEFAULT_RETRY;
  Retry compensationRetry = DEFAULT_COMPENSATION_RETRY;
  Optional<BiFunction<? super D, Object, ? extends D>> onReply = Optional.empty();
  Optional<Undo<D>> undo = Optional.empty();
  boolean owesCompensation;

  <C extends Command<?>> StepDraft(
      String name,
      StepKind kind,
      Participant participant,
      Class<C> commandClass,
      Function<? super D, ? extends C> command) {
    this.name = Objects.requireNonNull(name, "name");
    this.kind = kind;
    this.owesCompensation = kind == StepKind.COMPENSATABLE;
    this.participant = Objects.requireNonNull(participant, "participant");
    this.commandClass = Objects.requireNonNull(commandClass, "type");
    this.command = Objects.requireNonNull(command, "command");
    this.child = Optional.empty();
  }

  /** A step that is a saga; how it is undone need not be said. */
  <C> StepDraft(
      String name,
      StepKind kind,
      SagaDefinition<C> child,
      Function<? super D, ? extends C> childData) {
    this.name = Objects.requireNonNull(name, "name");
    this.kind = kind;
    this.participant = Participant.SAGAS;
    this.child = Optional.of(child);
    Objects.requireNonNull(childData, "data");
    this.commandClass = SubSagaCommand.Start.class;
    this.command = data -> new SubSagaCommand.Start(childData.apply(data));
    this.timeout = DEFAULT_CHILD_TIMEOUT;
    if (kind == StepKind.COMPENSATABLE) {
      Function<D, SubSagaCommand.Undo> undo =
          data -> new SubSagaCommand.Undo(childData.apply(data));
      compensateBy(
          SubSagaCommand.Undo.class,
          (data, end) -> undo.apply(data),
          SubSagaCommand.Undo.class,
          undo);
    }
  }

  void timeout(Duration timeout) {
    this.timeout = Objects.requireNonNull(timeout, "timeout");
    timeoutWasSaid = true;
  }

  void fold(BiFunction<? super D, ?, ? extends D> fold) {
    onReply = Optional.of(erased(Objects.requireNonNull(fold, "fold")));
  }

  <R, C extends Command<?>, U extends Command<?>> void compensateBy(
      Class<C> type,
      BiFunction<? super D, ? super R, ? extends C> afterSuccess,
      Class<U> unknownType,
      Function<? super D, ? extends U> whenUnknown) {
    undo =
        Optional.of(
            new Undo<>(
                Objects.requireNonNull(type, "type"),
                StepDraft.<D, R, C>erased(Objects.requireNonNull(afterSuccess, "afterSuccess")),
                Objects.requireNonNull(unknownType, "unknownType"),
                Objects.requireNonNull(whenUnknown, "whenUnknown")));
    owesCompensation = false;
  }

  /**
   * The R of the class's {@code Command<R>}, empty when the class does not name it; of a saga its
   * data.
   */
  Optional<Class<?>> replyClass() {
    if (child.isPresent()) {
      return Optional.of(child.get().dataType());
    }
    for (Type type : commandClass.getGenericInterfaces()) {
      if (type instanceof ParameterizedType parameterized
          && parameterized.getRawType() == Command.class
          && parameterized.getActualTypeArguments()[0] instanceof Class<?> reply) {
        return Optional.of(reply);
      }
    }
    return Optional.empty();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public StepDefinition<D> finished() {
    return new StepDefinition<>(
        new StepName(name),
        kind,
        participant,
        MessageType.of(commandClass),
        replyClass().orElseThrow(),
        command,
        timeout,
        retry,
        onReply,
        undo.map(this::finished),
        child.map(saga -> new ChildSaga(saga.name(), saga.version())));
  }

  private Compensation<D> finished(Undo<D> undo) {
    return new Compensation<>(
        MessageType.of(undo.type),
        MessageType.of(undo.unknownType),
        undo.afterSuccess,
        undo.whenUnknown,
        timeout,
        compensationRetry);
  }

  /**
   * The stages have tied the function's reply to the command's {@code Command<R>}, and replies are
   * decoded as that class, so the cast holds.
   */
  @SuppressWarnings("unchecked")
  static <D, R, T> BiFunction<? super D, Object, ? extends T> erased(
      BiFunction<? super D, ? super R, ? extends T> function) {
    return (data, reply) -> function.apply(data, (R) reply);
  }

  /** A compensation as the builder has it: its classes may not fit the wire yet. */
  record Undo<D>(
      Class<? extends Command<?>> type,
      BiFunction<? super D, Object, ? extends Command<?>> afterSuccess,
      Class<? extends Command<?>> unknownType,
      Function<? super D, ? extends Command<?>> whenUnknown) {}
}
