package io.skald.participant;

import io.skald.saga.message.Participant;
import io.skald.saga.message.WireHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Makes the record of a reply by the wire contract: it says again where its command belongs. */
final class ReplyFactory {

  private final Clock clock;
  private final Supplier<String> ids;

  ReplyFactory(Clock clock, Supplier<String> ids) {
    this.clock = clock;
    this.ids = ids;
  }

  ProducerRecord<String, byte[]> reply(
      Participant participant, Delivery<?, ?> delivery, Answer answer) {
    RecordHeaders headers = new RecordHeaders();
    put(headers, WireHeaders.SPEC_VERSION, "1.0");
    put(headers, WireHeaders.ID, ids.get());
    put(headers, WireHeaders.TYPE, answer.type().name());
    put(headers, WireHeaders.DATA_VERSION, Integer.toString(answer.type().version()));
    put(headers, WireHeaders.SOURCE, participant.name());
    put(headers, WireHeaders.TIME, Instant.now(clock).toString());
    put(headers, WireHeaders.SUBJECT, delivery.key());
    put(headers, WireHeaders.CONTENT_TYPE, "application/json");
    put(headers, WireHeaders.SAGA_ID, delivery.idempotencyKey().saga().toString());
    put(headers, WireHeaders.STEP, delivery.idempotencyKey().step().value());
    String item = delivery.idempotencyKey().step().item();
    if (!item.isEmpty()) {
      put(headers, WireHeaders.ITEM, item);
    }
    put(headers, WireHeaders.PHASE, delivery.phase().wireName());
    put(headers, WireHeaders.ATTEMPT, Integer.toString(delivery.attempt()));
    put(headers, WireHeaders.SHARD, Integer.toString(delivery.shard()));
    put(headers, WireHeaders.IDEMPOTENCY_KEY, delivery.idempotencyKey().toString());
    put(headers, WireHeaders.CAUSATION_ID, delivery.messageId());
    delivery.correlationId().ifPresent(id -> put(headers, WireHeaders.CORRELATION_ID, id));
    delivery.traceParent().ifPresent(trace -> put(headers, WireHeaders.TRACE_PARENT, trace));
    put(headers, WireHeaders.OUTCOME, answer.outcome().wireName());
    answer
        .problem()
        .ifPresent(
            problem -> {
              put(headers, WireHeaders.ERROR_CODE, problem.code());
              put(headers, WireHeaders.ERROR_MESSAGE, problem.message());
            });
    return new ProducerRecord<>(
        participant.events().name(),
        delivery.shard(),
        delivery.recordKey(),
        answer.payload().getBytes(StandardCharsets.UTF_8),
        headers);
  }

  private static void put(Headers headers, String name, String value) {
    headers.add(name, value.getBytes(StandardCharsets.UTF_8));
  }
}
