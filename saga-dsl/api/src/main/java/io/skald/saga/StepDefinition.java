package io.skald.saga;

import io.skald.saga.message.Command;
import io.skald.saga.message.MessageType;
import io.skald.saga.message.Participant;
import io.skald.saga.message.StepName;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * One unit of work of a definition. Made by the builder that {@link Saga#define} begins.
 *
 * @param <D> what its functions see: the saga's data, and inside a {@code forEach} {@link Each}
 * @param name addresses the step in its saga
 * @param kind where it stands to the point of no return
 * @param participant who does it
 * @param commandType the command's name and version on the wire
 * @param replyType the class of the event that answers it
 * @param command makes the command from the saga's data; pure and quick
 * @param timeout how long to wait for the answer of one attempt, from its publication
 * @param retry when an attempt that failed or timed out is tried again
 * @param onReply folds the reply into the saga's data; pure and quick; empty when the data stays
 * @param compensation how it is undone; empty when there is nothing to undo, and always empty for a
 *     pivot and after it
 * @param child the saga that the step runs, when it is one; then its participant is {@link
 *     Participant#SAGAS} and its reply the child's data
 */
public record StepDefinition<D>(
    StepName name,
    StepKind kind,
    Participant participant,
    MessageType commandType,
    Class<?> replyType,
    Function<? super D, ? extends Command<?>> command,
    Duration timeout,
    Retry retry,
    Optional<BiFunction<? super D, Object, ? extends D>> onReply,
    Optional<Compensation<D>> compensation,
    Optional<ChildSaga> child)
    implements Part<D> {

  public StepDefinition {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(participant, "participant");
    Objects.requireNonNull(commandType, "commandType");
    Objects.requireNonNull(replyType, "replyType");
    Objects.requireNonNull(command, "command");
    Objects.requireNonNull(timeout, "timeout");
    Objects.requireNonNull(retry, "retry");
    Objects.requireNonNull(onReply, "onReply");
    Objects.requireNonNull(compensation, "compensation");
    Objects.requireNonNull(child, "child");
  }
}
