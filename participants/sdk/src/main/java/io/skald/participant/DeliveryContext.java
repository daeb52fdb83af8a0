package io.skald.participant;

import io.skald.saga.message.IdempotencyKey;
import io.skald.saga.message.MessageType;
import io.skald.saga.message.PayloadCodec;
import io.skald.saga.message.Phase;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.StepName;
import java.util.Optional;

/** What a handler or filter is told of its command. */
record DeliveryContext(
    Delivery<?, ?> delivery, Optional<RecordedReply> recorded, PayloadCodec codec)
    implements CommandContext {

  @Override
  public SagaId sagaId() {
    return delivery.idempotencyKey().saga();
  }

  @Override
  public StepName step() {
    return delivery.idempotencyKey().step();
  }

  @Override
  public Phase phase() {
    return delivery.phase();
  }

  @Override
  public int attempt() {
    return delivery.attempt();
  }

  @Override
  public String key() {
    return delivery.key();
  }

  @Override
  public IdempotencyKey idempotencyKey() {
    return delivery.idempotencyKey();
  }

  @Override
  public MessageType messageType() {
    return delivery.messageType();
  }

  @Override
  public String messageId() {
    return delivery.messageId();
  }

  @Override
  public Optional<String> correlationId() {
    return delivery.correlationId();
  }

  @Override
  public Optional<String> traceParent() {
    return delivery.traceParent();
  }

  @Override
  public <T> Optional<T> actionReply(Class<T> type) {
    return recorded.map(reply -> decoded(reply, type));
  }

  private <T> T decoded(RecordedReply reply, Class<T> type) {
    MessageType wanted = MessageType.of(type);
    if (!wanted.name().equals(reply.type().name())) {
      throw new IllegalArgumentException(
          "Expected the action of "
              + delivery.idempotencyKey()
              + " to have answered '"
              + wanted.name()
              + "', but it answered '"
              + reply.type().name()
              + "'");
    }
    return codec.decode(reply.payload(), reply.type(), type);
  }
}
