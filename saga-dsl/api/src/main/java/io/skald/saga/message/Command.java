package io.skald.saga.message;

/**
 * A request to a participant, named in the imperative mood: {@code ProcessPayment}.
 *
 * <p>The type parameter ties a command to the reply that answers it, so that a step's {@code
 * onReply} and its compensation are typed by the compiler. Implement it with a record, and name the
 * reply there and not through a type variable: {@code record ProcessPayment(...) implements
 * Command<PaymentProcessed>}. The record is the JSON payload on the wire; its name and version
 * there come from {@link Message}.
 *
 * @param <R> the event, in the past tense, by which the participant says that the command is done
 */
public interface Command<R> {}
