package io.skald.participant;

import io.skald.saga.message.IdempotencyKey;
import io.skald.saga.message.MessageType;
import io.skald.saga.message.Phase;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.StepName;
import java.util.Optional;

/**
 * Where a command comes from and what is known of its step. Valid while its handler or filter runs.
 *
 * <p>A handler that works with JDBC injects the application's {@code DataSource}: a connection
 * taken from it inside the handler is the transaction's own, and closing it gives it back without
 * ending the transaction. An {@code EntityManager} joins in the same way.
 */
public interface CommandContext {

  SagaId sagaId();

  StepName step();

  Phase phase();

  /** 1 for the first try. Tries of one step and phase have all the same idempotency key. */
  int attempt();

  /** The saga's key: the aggregate, such as the order's id ({@code ce_subject}). */
  String key();

  /** The same on every attempt: hand it to outside systems that take such a key. */
  IdempotencyKey idempotencyKey();

  /** What the command is called on the wire. */
  MessageType messageType();

  /** The command's own id ({@code ce_id}); another one on every attempt. */
  String messageId();

  /** The saga, across all messages that it led to ({@code ce_correlationid}). */
  Optional<String> correlationId();

  /** The W3C trace context that came with the command. */
  Optional<String> traceParent();

  /**
   * In a compensation: what this step's action answered, as recorded when it was done. Empty in an
   * action and in a {@link CommandFilter}. A compensation's handler only runs when the action was
   * done, so there it is always present.
   *
   * @throws IllegalArgumentException when the action answered with an event of another name
   * @throws io.skald.saga.message.UnreadablePayloadException when it does not fit {@code type}
   */
  <T> Optional<T> actionReply(Class<T> type);
}
