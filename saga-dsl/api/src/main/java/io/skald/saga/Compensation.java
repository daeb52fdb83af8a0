package io.skald.saga;

import io.skald.saga.message.Command;
import io.skald.saga.message.MessageType;
import java.time.Duration;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * How a step is undone.
 *
 * @param type the command sent when the step's reply is known
 * @param typeWhenUnknown the command sent when it is not known whether the step happened
 * @param afterSuccess makes the command from the saga's data and the step's reply; pure
 * @param whenUnknown makes the command from the saga's data alone; pure
 * @param timeout how long to wait for the answer of one attempt, from its publication
 * @param retry when a compensation that went wrong, was refused or timed out is tried again
 */
public record Compensation<D>(
    MessageType type,
    MessageType typeWhenUnknown,
    BiFunction<? super D, Object, ? extends Command<?>> afterSuccess,
    Function<? super D, ? extends Command<?>> whenUnknown,
    Duration timeout,
    Retry retry) {

  public Compensation {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(typeWhenUnknown, "typeWhenUnknown");
    Objects.requireNonNull(afterSuccess, "afterSuccess");
    Objects.requireNonNull(whenUnknown, "whenUnknown");
    Objects.requireNonNull(timeout, "timeout");
    Objects.requireNonNull(retry, "retry");
  }
}
