package io.skald.participant;

import io.skald.participant.ParticipantService.Registration;
import io.skald.saga.message.Command;
import io.skald.saga.message.IdempotencyKey;
import io.skald.saga.message.MessageType;
import io.skald.saga.message.Phase;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A command that could be read, with its handler and all that its reply copies.
 *
 * @param recordKey the Kafka record's key, which is the reply's too
 * @param shard the partition that wants the reply
 */
record Delivery<C extends Command<R>, R>(
    @Nullable String recordKey,
    Registration<C, R> registration,
    C command,
    MessageType messageType,
    String messageId,
    String key,
    IdempotencyKey idempotencyKey,
    int attempt,
    int shard,
    Optional<String> correlationId,
    Optional<String> traceParent) {

  FenceKey fenceKey() {
    return new FenceKey(idempotencyKey.saga(), idempotencyKey.step());
  }

  Phase phase() {
    return idempotencyKey.phase();
  }

  R run(CommandContext context) throws Exception {
    return registration.handler().handle(command, context);
  }
}
